// Server-sent events: notes about what changed; the page fetches it then.

const AGAIN_MS = 1500;

export function listen({ onNote, onOpen, onLost }) {
  const source = new EventSource("/sim/events");
  source.addEventListener("open", onOpen);
  source.addEventListener("message", (event) => onNote(JSON.parse(event.data)));
  source.addEventListener("error", () => {
    onLost();
    if (source.readyState !== EventSource.CLOSED) return;
    source.close();
    setTimeout(() => listen({ onNote, onOpen, onLost }), AGAIN_MS);
  });
  addEventListener("pagehide", () => source.close(), { once: true });
}

// A short chime for loud messages, once the person has touched the page (browsers ask for that).

let context = null;

export function allowSound() {
  context ??= new AudioContext();
  if (context.state === "suspended") context.resume();
}

export function chime() {
  if (!context || context.state !== "running") return;
  const start = context.currentTime;
  [880, 1175].forEach((pitch, index) => {
    const tone = context.createOscillator();
    const volume = context.createGain();
    const at = start + index * 0.12;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.06, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0005, at + 0.3);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + 0.32);
  });
}

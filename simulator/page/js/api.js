// The people's side of the simulator, /sim; every failure becomes an Error with the server's words.

async function call(path, options) {
  const response = await fetch(`/sim${path}`, options);
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error || `${response.status} ${response.statusText}`);
  return body;
}

function json(method, body) {
  return { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

function form(fields, files) {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined && value !== null && value !== "") data.append(name, String(value));
  }
  for (const [name, file] of files) data.append(name, file, file.name);
  return data;
}

const present = (fields) =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  );

export const people = () => call("/people");
export const chats = () => call("/chats");
export const samples = () => call("/samples");
export const clock = () => call("/clock");
export const moveClock = (body) => call("/clock", json("POST", body));

export const messages = (chat, viewer, after, limit) =>
  call(`/chats/${chat}/messages?viewer=${viewer}&after=${after}&limit=${limit}`);

export function post(chat, fields, files = []) {
  const options = files.length
    ? { method: "POST", body: form(fields, files) }
    : json("POST", present(fields));
  return call(`/chats/${chat}/messages`, options);
}

export function edit(chat, message, fields, photo) {
  const path = `/chats/${chat}/messages/${message}`;
  if (!photo) return call(path, json("PATCH", fields));
  const body = form(fields, [["photo", photo]]);
  body.set("caption", fields.caption); // an empty one takes the words away
  return call(path, { method: "PATCH", body });
}

export const remove = (chat, message, from) =>
  call(`/chats/${chat}/messages/${message}`, json("DELETE", { from }));

export const press = (chat, message, from, row, column) =>
  call(`/chats/${chat}/messages/${message}/press`, json("POST", { from, row, column }));

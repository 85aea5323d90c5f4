// Line icons, drawn as SVG nodes; they are decoration and hidden from screen readers.

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  back: "M15 5l-7 7 7 7",
  clip: "M20 11.5l-8.2 8.2a5 5 0 0 1-7.1-7.1l8.5-8.5a3.4 3.4 0 0 1 4.8 4.8l-8.4 8.4a1.7 1.7 0 0 1-2.4-2.4l7.6-7.6",
  send: "M4 12l16-8-5 16-3.5-6.5L4 12zM11.5 13.5L20 4",
  close: "M6 6l12 12M18 6L6 18",
  more: "M12 6h.01M12 12h.01M12 18h.01",
  reply: "M10 8V4l-7 7 7 7v-4c5 0 8.5 1.5 11 5-1-6-4-10.5-11-11z",
  edit: "M4 20l1-4L16.5 4.500l3 3L8 19l-4 1zM14.5 6.500l3 3",
  trash: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
  forward: "M14 8V4l7 7-7 7v-4c-5 0-8.5 1.5-11 5 1-6 4-10.5 11-11z",
  bell: "M6 16V11a6 6 0 0 1 12 0v5l2 2H4l2-2zM10 20.500a2 2 0 0 0 4 0",
  mute: "M6 16V11a6 6 0 0 1 9-5.200M18 11v5l2 2H7M10 20.500a2 2 0 0 0 4 0M4 4l16 16",
  image: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.500h.01",
  camera: "M4 8h4l1.5-2.500h5L16 8h4v11H4zM12 16.500a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.400z",
  file: "M7 3h7l4 4v14H7zM14 3v4h4M10 12h5M10 16h5",
  pin: "M12 21s-7-6.5-7-11.500a7 7 0 0 1 14 0C19 14.5 12 21 12 21zM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  tack: "M9 4h6l-1 6 3 3H7l3-3-1-6zM12 13v7",
  down: "M6 9l6 6 6-6",
  next: "M9 5l7 7-7 7",
  check: "M5 12.500l4.5 4.500L19 7.5",
  compass: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM15.5 8.500l-2 5-5 2 2-5z",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 14.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  wrench:
    "M20 7.5a5 5 0 0 1-6.7 4.700L7 18.5 5.5 20 4 18.5 5.5 17l6.3-6.300A5 5 0 0 1 18 4.500l-3 3 1.5 1.5 3-3c.3.5.5 1 .5 1.500z",
  shield: "M12 3l7 3v5c0 4.5-3 8-7 10-4-2-7-5.5-7-10V6l7-3zM9.5 12l2 2 3.5-4",
  speech: "M4 5h16v11H10l-4 4v-4H4V5z",
  salute: "M8 8.500a4 4 0 1 1 8 0 4 4 0 0 1-8 0zM4 21c.5-4.5 3.5-7 8-7s7.5 2.5 8 7M16 7l5-3",
  question:
    "M9 9a3 3 0 1 1 4.5 2.600c-1 .6-1.5 1.2-1.5 2.400M12 17.500h.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z",
  warning: "M12 4l9 16H3L12 4zM12 10v4M12 17h.01",
  moon: "M19.5 14.5A8 8 0 1 1 9.5 4.500a6.5 6.5 0 0 0 10 10z",
  chart: "M4 20h16M6.500 20v-6M12 20V5M17.500 20v-9",
  calendar: "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
  pause: "M8 5v14M16 5v14",
  swap: "M7 4L3 8l4 4M3 8h13M17 12l4 4-4 4M21 16H8",
};

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `icon icon-${name}`);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

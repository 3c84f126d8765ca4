const SVG = 'http://www.w3.org/2000/svg';

const PATHS = {
  totp: ['M7 3h10a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z', 'M12 8v4l2.5 1.5'],
  sms: ['M4 5h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-8l-5 4v-4H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1z', 'M8 11h.01M12 11h.01M16 11h.01'],
  email: ['M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1z', 'm3.5 7 8.5 6 8.5-6'],
  webauthn: ['M13 8.5a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0z', 'M2.5 20c.8-3.4 3-5 6-5 1.3 0 2.5.3 3.5 1', 'M20.5 13.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z', 'M18 16v5m0-2h2'],
  check: ['m5 12.5 4.5 4.5L19 7.5'],
  cross: ['M6 6l12 12M18 6 6 18'],
  key: ['M15 9a4 4 0 1 1-8 0 4 4 0 0 1 8 0z', 'm14 12 6 6m-3-3 2-2'],
  plus: ['M12 5v14M5 12h14'],
  clock: ['M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z', 'M12 7v5l3 2'],
};

/** A line icon that takes the colour of the text; always beside words, so hidden from readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  for (const d of PATHS[name] ?? PATHS.key) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

/** A ring that empties from 1 to 0; `set` redraws it. */
export function ring() {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'ring');
  svg.setAttribute('aria-hidden', 'true');
  const [track, rest] = ['ring-track', 'ring-rest'].map((name) => circle(name));
  svg.append(track, rest);
  return { element: svg, set: (share) => rest.setAttribute('stroke-dasharray', `${share * 100} 100`) };
}

function circle(name) {
  const circle = document.createElementNS(SVG, 'circle');
  for (const [key, value] of Object.entries({ cx: 12, cy: 12, r: 9, pathLength: 100, class: name })) {
    circle.setAttribute(key, value);
  }
  return circle;
}

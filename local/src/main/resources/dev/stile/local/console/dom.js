/**
 * Builds an element. Data only ever becomes text nodes or attributes, so nothing that a server or a
 * person wrote can turn into markup.
 *
 * @param {string} tag
 * @param {object} attributes `on…` functions become listeners, `testid` becomes `data-testid`
 * @param {...(Node|string|Array|null|false|undefined)} children
 */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    assign(element, name, value);
  }
  element.append(...shown(children));
  return element;
}

/** Replaces what an element holds. */
export function fill(element, ...children) {
  element.replaceChildren(...shown(children));
  return element;
}

/** Sets the text only when it differs, so that live regions do not repeat themselves. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** A path that may break after each slash, for it is one long word. */
export const breakable = (path) => path.split(/(?<=\/)/).flatMap((piece, index) => (index > 0 ? [h('wbr'), piece] : [piece]));

export const byId = (id) => document.getElementById(id);

function assign(element, name, value) {
  if (value === undefined || value === null || value === false) {
    return;
  }
  if (typeof value === 'function') {
    element.addEventListener(name.slice(2), value);
  } else if (name === 'testid') {
    element.dataset.testid = value;
  } else {
    element.setAttribute(name, value === true ? '' : value);
  }
}

const shown = (children) =>
  children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);

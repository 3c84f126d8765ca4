import { h } from './dom.js';

const INLINE = /(`[^`]+`|\*\*[^*]+\*\*|\*[^*]+\*|\[[^\]]+\]\([^)]+\))/;

/** The little of Markdown that the description of the API uses: paragraphs, lists, code, emphasis. */
export function markup(text = '') {
  return text.trim().split(/\n\s*\n/).filter(Boolean).map((part) =>
    /^[-*] /.test(part)
      ? h('ul', { class: 'bullets' }, part.split(/\n(?=[-*] )/).map((item) => h('li', null, inline(item.slice(2)))))
      : h('p', null, inline(part)));
}

/** The same without paragraphs. */
export function inline(text = '') {
  return text.replace(/\s*\n\s*/g, ' ').split(INLINE).map((piece) => {
    if (piece.startsWith('`')) {
      return h('code', null, piece.slice(1, -1));
    }
    if (piece.startsWith('**')) {
      return h('strong', null, piece.slice(2, -2));
    }
    if (piece.length > 1 && piece.startsWith('*')) {
      return h('em', null, piece.slice(1, -1));
    }
    const link = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(piece);
    return link ? h('a', { href: link[2] }, link[1]) : piece;
  });
}

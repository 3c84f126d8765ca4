import { breakable, byId, fill, h } from './dom.js';
import { copyButton } from './feedback.js';
import { inline, markup } from './markup.js';
import { Description, typeOf } from './openapi.js';
import { members } from './reference-members.js';

const BASE = location.origin;

start().catch((problem) => {
  console.error(problem);
  fill(byId('main'), h('p', { class: 'problem' }, 'The description of the API could not be read. Is Stile still running? Start it with ./stile up and reload.'));
});

async function start() {
  const api = await Description.load();
  const groups = api.groups();
  fill(byId('contents'), contents(groups));
  fill(byId('main'), intro(api), groups.map((group) => section(api, group)));
  byId('main').dataset.ready = 'true';
  openNamed();
  addEventListener('hashchange', openNamed);
}

/** A link into the page opens what it names. */
function openNamed() {
  const named = byId(decodeURIComponent(location.hash.slice(1)));
  named?.scrollIntoView();
  for (const link of byId('contents').querySelectorAll('a')) {
    link.toggleAttribute('aria-current', link.hash === location.hash && location.hash !== '');
  }
}

function contents(groups) {
  return h('details', { class: 'contents-box', open: matchMedia('(min-width: 62.01rem)').matches },
    h('summary', null, 'Operations'),
    groups.map(({ name, operations }) => h('div', { class: 'contents-group' },
      h('p', { class: 'contents-title' }, name),
      h('ul', null, operations.map(({ id, method, summary }) =>
        h('li', null, h('a', { href: `#${id}` }, h('span', { class: 'contents-method' }, method), ' ', summary)))))));
}

function intro(api) {
  const { title, version, description } = api.root.info;
  return h('section', { class: 'intro' },
    h('h1', null, `${title} API `, h('span', { class: 'badge accent' }, version)),
    h('div', { class: 'prose' }, markup(description)),
    h('div', { class: 'prose' }, h('h2', { id: 'authentication' }, 'Authentication'),
      Object.values(api.root.components.securitySchemes).map((scheme) => markup(scheme.description))),
    h('p', { class: 'hint' }, 'To try the examples here, take a token:'),
    sample(`TOKEN=$(curl -s ${BASE}/local/token -d '{"sub":"ada"}' | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`, 'Copy the command that takes a token'));
}

function section(api, { name, description, operations }) {
  return h('section', { class: 'group', 'aria-labelledby': `group-${name}` },
    h('h2', { id: `group-${name}` }, name),
    h('div', { class: 'lead prose' }, markup(description)),
    operations.map((operation) => article(api, operation)));
}

function article(api, operation) {
  const { id, method, path, summary, description } = operation;
  return h('article', { class: 'operation panel', id, 'aria-labelledby': `${id}-title`, testid: 'operation' },
    h('h3', { id: `${id}-title` }, h('a', { class: 'anchor', href: `#${id}` }, summary)),
    h('p', { class: 'endpoint' }, h('span', { class: 'method' }, method), ' ', h('span', null, breakable(path))),
    h('div', { class: 'prose' }, markup(description)),
    parameters(api, operation),
    request(api, operation),
    answers(api, operation),
    curl(api, operation));
}

function parameters(api, { parameters: list }) {
  return list.length > 0 && [
    h('h4', null, 'Parameters'),
    h('dl', { class: 'members' }, list.map((parameter) =>
      h('div', { class: 'member' },
        h('dt', null, h('code', null, parameter.name), parameter.required && h('span', { class: 'required' }, 'required')),
        h('dd', null,
          h('p', { class: 'member-type' }, `${parameter.in}, ${typeOf(api, parameter.schema)}`),
          h('div', { class: 'prose' }, markup(parameter.description)))))),
  ];
}

function request(api, { requestBody }) {
  const body = api.follow(requestBody);
  const content = body?.content?.['application/json'];
  return content && [
    h('h4', null, 'Body'),
    members(api, content.schema),
    examples(api, content),
  ];
}

function examples(api, content) {
  return Object.values(content?.examples ?? {}).map((one) => api.follow(one)).map(({ summary, value }) =>
    h('details', { class: 'more' }, h('summary', null, inline(`Example: ${summary ?? 'one'}`)), h('pre', { class: 'sample' }, JSON.stringify(value, null, 2))));
}

function answers(api, { id, responses }) {
  const all = Object.entries(responses).map(([status, response]) => [status, api.follow(response)]);
  const good = all.filter(([status]) => status < '400');
  const bad = all.filter(([status]) => status >= '400');
  return [
    h('h4', null, 'Answers'),
    good.map(([status, response]) => answer(api, status, response)),
    bad.length > 0 && [
      h('h4', null, 'Problems'),
      h('ul', { class: 'problems', testid: 'problems' }, bad.map(([status, response]) => problem(api, id, status, response))),
    ],
  ];
}

function answer(api, status, response) {
  const content = Object.values(response.content ?? {})[0];
  return h('div', { class: 'answer' },
    h('p', { class: 'answer-head' }, h('span', { class: 'status' }, status), ' ', inline(response.description)),
    headers(api, response),
    content && h('details', { class: 'more' }, h('summary', null, 'Members'), members(api, content.schema)),
    examples(api, content));
}

function headers(api, { headers: all = {} }) {
  const names = Object.keys(all);
  return names.length > 0 && h('p', { class: 'hint' }, 'Headers: ', names.map((name, index) => [index > 0 && ', ', h('code', { title: api.follow(all[name]).description?.trim() }, name)]));
}

function problem(api, id, status, response) {
  const content = response.content?.['application/problem+json'];
  return h('li', null,
    h('details', { class: 'problem-answer' },
      h('summary', null,
        h('span', { class: 'status failed' }, status), ' ',
        api.codes(response).map((code) => h('code', { class: 'problem-code' }, code))),
      h('div', { class: 'prose' }, markup(response.description)),
      headers(api, response),
      examples(api, content)));
}

/** A command that works against this server, with the first example of the body. */
function curl(api, { id, method, path, requestBody, security }) {
  const content = api.follow(requestBody)?.content?.['application/json'];
  const example = content && api.follow(Object.values(content.examples ?? {})[0])?.value;
  const url = path.replace(/\{(\w+)\}/g, (_, name) => `$${name.toUpperCase()}`);
  const parts = [
    `curl -s ${method === 'GET' || (method === 'POST' && example) ? '' : `-X ${method} `}"${BASE}${url}"`,
    !(security && security.length === 0) && '-H "Authorization: Bearer $TOKEN"',
    example && "-H 'Content-Type: application/json'",
    example && `-d '${JSON.stringify(example).replaceAll("'", "'\\''")}'`,
  ];
  return [h('h4', null, 'With curl'), sample(parts.filter(Boolean).join(' \\\n  '), `Copy the curl command of ${id}`)];
}

function sample(text, label) {
  return h('div', { class: 'sample-box' }, h('pre', { class: 'sample' }, text), copyButton('Copy', text, { 'aria-label': label }));
}

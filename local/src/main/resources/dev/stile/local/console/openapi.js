/** The description of the API, with its references followed. */
export class Description {
  constructor(root) {
    this.root = root;
  }

  static async load() {
    const answer = await fetch('/console/openapi.json', { cache: 'no-cache' });
    return new Description(await answer.json());
  }

  /** What a node stands for; members beside a reference add to what it names. */
  follow(node) {
    if (!node?.$ref) {
      return node;
    }
    const { $ref, ...beside } = node;
    const found = $ref.slice(2).split('/').reduce((at, name) => at[name.replaceAll('~1', '/').replaceAll('~0', '~')], this.root);
    return { ...this.follow(found), ...beside };
  }

  /** The operations of each tag, in the order of the description. */
  groups() {
    return (this.root.tags ?? []).map((tag) => ({
      ...tag,
      operations: this.operations().filter((operation) => operation.tags?.[0] === tag.name),
    }));
  }

  operations() {
    const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
    return Object.entries(this.root.paths).flatMap(([path, item]) =>
      METHODS.filter((method) => item[method]).map((method) => ({
        ...item[method],
        id: item[method].operationId,
        path,
        method: method.toUpperCase(),
        parameters: [...(item.parameters ?? []), ...(item[method].parameters ?? [])].map((one) => this.follow(one)),
      })));
  }

  /** The arms of a choice; a schema that is none is its own only arm. */
  arms(schema) {
    const whole = this.follow(schema);
    return whole.oneOf ?? whole.anyOf ? (whole.oneOf ?? whole.anyOf).flatMap((arm) => this.arms(arm)) : [whole];
  }

  /** One schema with what `allOf` adds to it. */
  merged(schema) {
    const { allOf = [], ...own } = this.follow(schema) ?? {};
    return allOf.map((part) => this.merged(part)).concat(own).reduce((all, part) => ({
      ...all,
      ...part,
      properties: mergedProperties(all.properties, part.properties),
      required: [...(all.required ?? []), ...(part.required ?? [])],
    }), {});
  }

  /** The problem codes that an answer can have. */
  codes(response) {
    const schema = response.content?.['application/problem+json']?.schema;
    return schema ? this.arms(schema).flatMap((arm) => {
      const code = this.merged(arm).properties?.code ?? {};
      return code.enum ?? (code.const ? [code.const] : []);
    }) : [];
  }
}

function mergedProperties(before = {}, after = {}) {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.fromEntries([...names].map((name) => [name, { ...before[name], ...after[name] }]));
}

/** `string, 6–8 characters`: what a value has to be, in few words. */
export function typeOf(api, node) {
  const schema = api.follow(node) ?? {};
  if (schema.const !== undefined) {
    return JSON.stringify(schema.const);
  }
  if (schema.enum) {
    return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  }
  if (schema.oneOf || schema.anyOf) {
    return [...new Set(api.arms(schema).map((arm) => typeOf(api, arm)))].join(' or ');
  }
  const type = [schema.type ?? (schema.properties || schema.allOf ? 'object' : 'any')].flat().join(' | ');
  if (type === 'array') {
    return `array of ${typeOf(api, schema.items)}`;
  }
  return [schema.format ?? type, range(schema)].filter(Boolean).join(', ');
}

function range({ minimum, maximum, minLength, maxLength, default: otherwise }) {
  const [low, high, unit] = maxLength === undefined ? [minimum, maximum, ''] : [minLength, maxLength, ' characters'];
  const span = high === undefined ? '' : low === undefined || low === high ? `at most ${high}${unit}` : `${low}–${high}${unit}`;
  return [span, otherwise !== undefined && `${otherwise} by default`].filter(Boolean).join(', ');
}

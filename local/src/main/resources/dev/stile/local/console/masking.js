/** Members whose value lets its holder in, or is the code itself. */
const SECRET = new Set(['access_token', 'token', 'secret', 'otpauth_uri', 'qr_svg', 'code', 'codes', 'recovery_code', 'authorization', 'stile-grant']);

const MASK = '••••••••';

/** Messages of the inbox carry codes in their text. */
const isMessageBody = (key, owner) => key === 'body' && owner?.channel;

/** A copy in which secrets are replaced; problem codes such as `code_incorrect` are no secret. */
export function masked(value, key = '', owner = null) {
  if (Array.isArray(value)) {
    return value.map((item) => masked(item, key));
  }
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, masked(item, name, value)]));
  }
  const problemCode = key === 'code' && owner?.request_id;
  const secret = (SECRET.has(key.toLowerCase()) && !problemCode) || isMessageBody(key, owner);
  return secret && typeof value === 'string' ? MASK : value;
}

/** Whether masking takes anything away, so that "reveal" is offered only then. */
export const hasSecrets = (value) => JSON.stringify(value) !== JSON.stringify(masked(value));

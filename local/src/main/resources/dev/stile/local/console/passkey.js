/** Whether this browser takes and gives the JSON of WebAuthn Level 3. */
export const hasPasskeys = () => typeof globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON === 'function';

/** Whether passkeys can be offered in a field, beside what the browser fills in otherwise. */
export async function offersInFields() {
  return hasPasskeys() && Boolean(await PublicKeyCredential.isConditionalMediationAvailable?.());
}

/** What became of asking the browser: not a problem of Stile, so its codes are this page's own. */
export class PasskeyRefusal extends Error {
  constructor(code, cause) {
    super(cause.message, { cause });
    this.name = 'PasskeyRefusal';
    this.code = code;
  }
}

const CODES = {
  NotAllowedError: 'passkey_turned_away',
  InvalidStateError: 'passkey_known',
  SecurityError: 'passkey_address',
  NotSupportedError: 'passkey_unsupported',
  ConstraintError: 'passkey_unsupported',
};

/** Makes a passkey by the options as Stile gave them; what comes back is for Stile as it is. */
export const createPasskey = (options) => asked(() =>
  navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }));

/**
 * Has a passkey sign by the options as Stile gave them.
 *
 * @param {{signal?: AbortSignal, inField?: boolean}} how `inField` waits until the person picks one
 *     in a field, and asks nothing by itself
 */
export const usePasskey = (options, { signal, inField } = {}) => asked(() =>
  navigator.credentials.get({
    publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
    signal,
    ...(inField && { mediation: 'conditional' }),
  }));

async function asked(ask) {
  if (!hasPasskeys()) {
    throw new PasskeyRefusal('passkey_unsupported', new Error('no WebAuthn Level 3'));
  }
  try {
    return (await ask()).toJSON();
  } catch (cause) {
    throw CODES[cause.name] ? new PasskeyRefusal(CODES[cause.name], cause) : cause;
  }
}

/** What people call the kinds of factor, and how long the codes of each are. */
export const KINDS = {
  webauthn: { name: 'Passkey', add: 'Passkey', short: 'Passkey', ask: 'your passkey' },
  totp: { name: 'Authenticator app', add: 'Authenticator app', short: 'App', ask: 'the code that your authenticator app shows' },
  sms: { name: 'Phone number', add: 'Phone', short: 'SMS', ask: 'the code that we sent by SMS' },
  email: { name: 'E-mail address', add: 'E-mail', short: 'E-mail', ask: 'the code that we sent by e-mail' },
};

const STRENGTHS = {
  recovery: { name: 'Held back', explains: 'recovery: serves to manage factors alone' },
  aal1: { name: 'Basic', explains: 'aal1: enough for everyday actions' },
  aal2: { name: 'Strong', explains: 'aal2: enough for every action of the built-in policy' },
};

export const kindName = (type) => KINDS[type]?.name ?? type;

/** What a level alone does not say of a passkey: whether it can be copied, and whether it knows its user. */
export function passkeyTraits({ authenticator }) {
  if (!authenticator) {
    return [];
  }
  const { backup_eligible: mayLeave, backed_up: copied, user_verification: knowsUser } = authenticator;
  return [
    'phishing-resistant',
    mayLeave ? (copied ? 'synced and backed up' : 'may be synced, not backed up yet') : 'stays on its device',
    knowsUser ? 'checks that it is you' : 'does not check who holds it',
  ];
}

export const strength = (acr) => STRENGTHS[acr] ?? { name: acr, explains: `Level ${acr} of your policy` };

export const codeLength = (factor) => factor.digits ?? (factor.type === 'email' ? 8 : 6);

export const factorLine = (factor) => [factor.label || kindName(factor.type), factor.hint].filter(Boolean).join(' · ');

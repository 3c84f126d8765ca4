/** What people call the kinds of factor, and how long the codes of each are. */
export const KINDS = {
  totp: { name: 'Authenticator app', short: 'App', ask: 'the code that your authenticator app shows' },
  sms: { name: 'Phone number', short: 'SMS', ask: 'the code that we sent by SMS' },
  email: { name: 'E-mail address', short: 'E-mail', ask: 'the code that we sent by e-mail' },
};

const STRENGTHS = {
  aal1: { name: 'Basic', explains: 'aal1: enough for everyday actions' },
  aal2: { name: 'Strong', explains: 'aal2: enough for every action of the built-in policy' },
};

export const kindName = (type) => KINDS[type]?.name ?? type;

export const strength = (acr) => STRENGTHS[acr] ?? { name: acr, explains: `Level ${acr} of your policy` };

export const codeLength = (factor) => factor.digits ?? (factor.type === 'email' ? 8 : 6);

export const factorLine = (factor) => [factor.label || kindName(factor.type), factor.hint].filter(Boolean).join(' · ');

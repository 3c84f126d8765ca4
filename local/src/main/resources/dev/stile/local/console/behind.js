/** For each route of Stile, what it sets in motion behind the answer. The first that fits is told. */
const STORIES = [
  ['POST', /^\/v1\/factors$/, 'enroll', 'seals the secret or the destination and writes the factor as pending; for a phone or an address it reserves a challenge and puts challenge.requested on the queue stile-challenge-requests.'],
  ['POST', /^\/v1\/factors\/[^/]+\/activate$/, 'verify', 'judges the code and makes the factor active; a grant that was shown is used up in the same transaction.'],
  ['GET', /^\/v1\/factors/, 'enroll', 'reads your factors in one query; destinations are masked before they leave.'],
  ['PATCH', /^\/v1\/factors\//, 'enroll', 'changes the name or the preference in one conditional write.'],
  ['DELETE', /^\/v1\/factors\//, 'enroll', 'removes the factor in one transaction, on condition that another active one stays and that the grant was not used before.'],
  ['POST', /^\/v1\/challenges$/, 'challenge', 'lets the policy choose the factor and writes the challenge; for SMS and e-mail it puts otp.deliver, without the code, on the queue stile-otp-deliveries.'],
  ['POST', /^\/v1\/challenges\/[^/]+\/verify$/, 'verify', 'counts the guess, compares it and ends the challenge in one conditional write, then signs the grant.'],
  ['POST', /^\/v1\/challenges\/[^/]+\/resend$/, 'challenge', 'starts a new generation of the code and queues its delivery; the guesses that were used stay used.'],
  ['POST', /^\/v1\/challenges\/[^/]+\/switch$/, 'challenge', 'cancels this challenge and opens one with the other factor.'],
  ['POST', /^\/v1\/challenges\/[^/]+\/cancel$/, 'challenge', 'ends the challenge in one conditional write.'],
  ['GET', /^\/v1\/challenges\//, 'challenge', 'reads where the challenge and its delivery stand.'],
  ['GET', /^\/\.well-known\//, 'verify', 'publishes the public keys; with them anybody can check a grant without asking again.'],
  ['POST', /^\/local\/token$/, 'local', 'stands in for the primary login of your identity provider.'],
  ['POST', /^\/local\/clock$/, 'local', 'reads the clock that all functions share here, and moves it forward.'],
  ['GET', /^\/local\/inbox/, 'local', 'lists what the functions handed to SNS and SES.'],
];

/** The function that answered, and what it did; null for anything else. */
export function behind(method, path) {
  const found = STORIES.find(([verb, route]) => verb === method && route.test(path));
  return found ? { part: found[2], story: found[3] } : null;
}

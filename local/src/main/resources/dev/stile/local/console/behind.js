/** For each route, why it does what the calls show. The first that fits is told. */
const STORIES = [
  ['POST', /^\/v1\/factors$/, 'The secret or the destination is sealed before it is written. A phone or an address is proven by a challenge, which a message asks for.'],
  ['POST', /^\/v1\/factors\/[^/]+\/activate$/, 'The code is judged, the factor made active and a grant that was shown used up, all in one transaction.'],
  ['GET', /^\/v1\/factors/, 'One query reads all of the account; destinations are masked before they leave.'],
  ['PATCH', /^\/v1\/factors\//, 'The change is one write, on condition that the factor is still there.'],
  ['DELETE', /^\/v1\/factors\//, 'The factor goes only if another active one stays and the grant was not used before, in one transaction.'],
  ['POST', /^\/v1\/challenges$/, 'The policy chooses the factor. A code is never stored or queued: the message says which one to derive, the worker derives it.'],
  ['POST', /^\/v1\/challenges\/[^/]+\/verify$/, 'One write counts the guess, compares it and ends the challenge; its condition holds every limit. Then the grant is signed.'],
  ['POST', /^\/v1\/challenges\/[^/]+\/resend$/, 'A new generation of the code; the guesses that were used stay used.'],
  ['POST', /^\/v1\/challenges\/[^/]+\/switch$/, 'This challenge is canceled and one with the other factor opened.'],
  ['POST', /^\/v1\/challenges\/[^/]+\/cancel$/, 'The challenge ends in one write, on condition that it is still open.'],
  ['GET', /^\/v1\/challenges\//, 'One consistent read tells where the challenge and its delivery stand.'],
  ['GET', /^\/\.well-known\//, 'With the public keys anybody can check a grant without asking again.'],
  ['POST', /^\/local\/token$/, 'Stands in for the primary login of your identity provider.'],
  ['POST', /^\/local\/clock$/, 'Moves the clock that all functions share here.'],
];

/** What the calls of a route are for; null for one that has no story. */
export function behind(method, path) {
  return STORIES.find(([verb, route]) => verb === method && route.test(path))?.[2] ?? null;
}

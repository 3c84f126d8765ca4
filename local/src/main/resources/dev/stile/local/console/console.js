import { onUnauthenticated } from './api.js';
import { startChallengeForm } from './challenge-form.js';
import { startClock } from './clock-panel.js';
import { signInAgain } from './confirm.js';
import { forget } from './factors.js';
import { loadFactors, startFactorsPanel } from './factors-panel.js';
import { clearGrant } from './grant-panel.js';
import { followInbox } from './inbox.js';
import { startPhone } from './phone.js';
import { followReadiness } from './readiness.js';
import { startRecovery } from './recovery.js';
import { resume, session, subject } from './session.js';
import { startShop } from './shop.js';
import { followTrace } from './trace.js';
import { startTraffic } from './traffic-panel.js';
import { startWelcome } from './welcome.js';

startTraffic();
followTrace();
startPhone();
startClock();
startWelcome();
startFactorsPanel();
startRecovery();
followReadiness();
startChallengeForm();
startShop();
followInbox();

session.addEventListener('change', () => {
  clearGrant();
  forget();
  if (subject()) {
    loadFactors();
  }
});
onUnauthenticated(renewed);
resume();

/** Several calls may be refused at once; one question is enough for all of them. */
let asking = null;

function renewed() {
  asking ??= signInAgain('Your sign-in has ended: it lasts an hour by the local clock.')
    .then(() => true, () => false)
    .finally(() => { asking = null; });
  return asking;
}

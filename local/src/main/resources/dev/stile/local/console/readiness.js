import { call } from './api.js';
import { factors, isRead } from './factors.js';

/** Fires `change` when it is known anew how ready the account is for a loss. */
export const readiness = new EventTarget();

let state = null;

export const current = () => state;

/** Whether a recovery code could stand in for a factor. */
export const canRecover = () => (state?.recovery_codes.left ?? 0) > 0 && !state.recovery_codes.disabled;

/** Follows the list of factors, whose every change bears on it. */
export function followReadiness() {
  factors.addEventListener('change', () => (isRead() ? refreshReadiness() : tell(null)));
}

/** A failed read is no news. */
export async function refreshReadiness() {
  tell(await call('GET', '/v1/readiness', { quiet: true }).catch(() => state));
}

function tell(next) {
  state = next;
  readiness.dispatchEvent(new Event('change'));
}

import { whileOpen } from './clock.js';
import { h, setText } from './dom.js';
import { attempt } from './feedback.js';
import { countdown, left } from './times.js';

const STATUS = {
  queued: 'The message is on its way…',
  sent: 'Message sent.',
  failed: 'The message could not be sent.',
};

/** Whether the message left, and the button that sends it again once that is allowed. */
export function deliveryLine(live, box, signal) {
  const status = h('span', { class: 'delivery-status', role: 'status', testid: 'delivery-status' });
  const button = h('button', { type: 'button', class: 'link', testid: 'resend', onclick: resend }, 'Send again');
  const element = h('p', { class: 'delivery' }, status, ' ', button);
  function resend() {
    if (!waiting()) {
      attempt(box, button, () => live.resend());
    }
  }
  const waiting = () => live.current.resend && left(live.current.resend.not_before);
  whileOpen(signal, () => {
    const { delivery, resend: again, status: state } = live.current;
    element.hidden = !delivery && !again && state !== 'requested';
    setText(status, state === 'requested' ? STATUS.queued : describe(delivery));
    button.hidden = !again || again.left === 0;
    button.classList.toggle('waiting', waiting() > 0);
    setText(button, waiting() ? `Send again in ${countdown(waiting())}` : 'Send again');
  });
  return element;
}

function describe(delivery) {
  const text = STATUS[delivery?.status] ?? '';
  return delivery?.reason ? `${text} (${delivery.reason})` : text;
}

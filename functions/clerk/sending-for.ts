import { AppError } from '../../domain/errors.ts';
import type { InvitationSender } from '../../domain/invitation/invitation-sender.ts';

const later = () =>
  new AppError('identity_unavailable', 'This list took too long to check. Send the rest of it again.');

/**
 * A sender for many letters in one request. When its time is up, or once the provider has not taken a letter (it can't be
 * reached, or has taken as many as it does in an hour), what is left stays `queued`; addresses are no longer checked.
 */
export function sendingFor(milliseconds: number, sender: InvitationSender): InvitationSender {
  const end = performance.now() + milliseconds;
  let full = false;
  const over = () => performance.now() > end;
  return {
    ...sender,
    isTaken: (...asked) => (over() ? Promise.reject(later()) : sender.isTaken(...asked)),
    async send(letter) {
      if (full || over()) return { delivery: 'queued' };
      const delivery = await sender.send(letter);
      full ||= delivery.delivery === 'queued';
      return delivery;
    },
  };
}

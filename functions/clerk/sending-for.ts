import type { InvitationSender } from '../../domain/invitation/invitation-sender.ts';

/**
 * A sender for many letters in one request. When its time is up, or once the provider has not taken a letter
 * (it can't be reached, or has taken as many as it does in an hour), what is left stays `queued`.
 */
export function sendingFor(milliseconds: number, sender: InvitationSender): InvitationSender {
  const end = performance.now() + milliseconds;
  let full = false;
  const over = () => performance.now() > end;
  return {
    ...sender,
    async send(letter) {
      if (full || over()) return { delivery: 'queued' };
      const delivery = await sender.send(letter);
      full ||= delivery.delivery === 'queued';
      return delivery;
    },
  };
}

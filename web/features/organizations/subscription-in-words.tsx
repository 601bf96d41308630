import type { Subscription } from '../../../domain/subscription/subscription.schema.ts';
import { useFormats, useTexts } from '../../text/language.tsx';

/** A subscription in one line: plan, first day, last day if it has one. */
export function SubscriptionInWords({ plan, startDate, endDate }: Subscription) {
  const { organizations, common } = useTexts();
  const { date } = useFormats();
  const [name, start] = [common.plans[plan], date(startDate)];
  return endDate === undefined
    ? organizations.planFrom(name, start)
    : organizations.planFromTo(name, start, date(endDate));
}

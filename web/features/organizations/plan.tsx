import { Group, Progress, Stack, Text } from '@mantine/core';
import { catalogue } from '../../../domain/subscription/catalogue.ts';
import {
  entitlements,
  type Plan,
  type Subscription,
} from '../../../domain/subscription/subscription.schema.ts';
import { useFormats, useTexts } from '../../text/language.tsx';

interface Counts {
  readonly users: number;
  readonly pendingInvitations: number;
  readonly teams: number;
  readonly kpis: number;
}

interface Props {
  readonly plan: Plan;
  readonly counts: Counts;
}

const nearlyAll = 0.8;

function colourOf(share: number): string {
  if (share >= 1) return 'red';
  return share >= nearlyAll ? 'yellow' : 'brand';
}

/** Usage compared with the plan's limits, with numbers, so that it is readable without the bars. */
export function UsedOfPlan({ plan, counts }: Props) {
  const { organizations } = useTexts();
  const { number } = useFormats();
  const used = { ...counts, seats: counts.users + counts.pendingInvitations };
  return (
    <Stack
      gap="sm"
      component="ul"
      aria-label={organizations.used}
      p={0}
      m={0}
      maw={760}
      style={{ listStyle: 'none' }}
    >
      {entitlements.map((entitlement) => {
        const allowed = catalogue[plan][entitlement];
        const share = used[entitlement] / allowed;
        return (
          <li key={entitlement}>
            <Group justify="space-between" gap="xs">
              <Text size="sm" fw={500}>
                {organizations.entitlements[entitlement]}
              </Text>
              <Text size="sm" style={{ fontVariantNumeric: 'tabular-nums' }}>
                {organizations.usedOf(number(used[entitlement]), number(allowed))}
                {share === 1 && `, ${organizations.full}`}
              </Text>
            </Group>
            <Progress value={Math.min(share, 1) * 100} color={colourOf(share)} size="sm" my={4} aria-hidden />
            <Text size="xs" c="dimmed">
              {entitlement === 'seats' &&
                organizations.seatsHint(number(counts.users), number(counts.pendingInvitations))}
              {share > 1 && ` ${organizations.over}`}
            </Text>
          </li>
        );
      })}
    </Stack>
  );
}

/** A subscription in one line: plan, start date, end date if any. */
export function SubscriptionInWords({ plan, startDate, endDate }: Subscription) {
  const { organizations, common } = useTexts();
  const { date } = useFormats();
  const [name, start] = [common.plans[plan], date(startDate)];
  return endDate === undefined
    ? organizations.planFrom(name, start)
    : organizations.planFromTo(name, start, date(endDate));
}

import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { catalogue } from '../../../domain/subscription/catalogue.ts';
import { plans } from '../../../domain/subscription/subscription.schema.ts';
import { useFormats, useTexts } from '../../text/language.tsx';
import { helpBelow } from './profile-fields.tsx';

interface Props {
  /** What a form gives the input of a field. */
  readonly field: (name: 'plan' | 'startDate' | 'endDate') => object;
  /** The plan chosen: what it gives is said beside it. */
  readonly plan: string;
}

/** Plan, first day and last day, with what the plan gives. */
export function SubscriptionFields({ field, plan }: Props) {
  const { organizations, common } = useTexts();
  const { number } = useFormats();
  const chosen = plans.find((one) => one === plan) ?? plans[0];
  const { seats, teams, kpis } = catalogue[chosen];
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      <NativeSelect
        label={organizations.plan}
        description={organizations.planGives(number(seats), number(teams), number(kpis))}
        {...helpBelow}
        data={plans.map((value) => ({ value, label: common.plans[value] }))}
        {...field('plan')}
      />
      <TextInput label={organizations.startsOn} type="date" required {...field('startDate')} />
      <TextInput
        label={organizations.endsAfter}
        description={organizations.endsAfterHint}
        {...helpBelow}
        type="date"
        {...field('endDate')}
      />
    </SimpleGrid>
  );
}

import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { catalogue } from '../../../domain/subscription/catalogue.ts';
import { plans } from '../../../domain/subscription/subscription.schema.ts';
import { useFormats, useTexts } from '../../text/language.tsx';

/** Shows the description below the input. */
export const helpBelow = {
  inputWrapperOrder: ['label' as const, 'input' as const, 'description' as const, 'error' as const],
};

interface Props {
  /** Input props for a path. */
  readonly field: (path: string) => object;
}

/** An organization's name and its external id. */
export function NameFields({ field }: Props) {
  const { organizations } = useTexts();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <TextInput label={organizations.name} required {...field('name')} />
      <TextInput
        label={organizations.externalId}
        description={organizations.externalIdHint}
        {...helpBelow}
        {...field('externalId')}
      />
    </SimpleGrid>
  );
}

/** An organization's contact person. */
export function ContactFields({ field }: Props) {
  const { organizations } = useTexts();
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      <TextInput label={organizations.contactName} required {...field('contactPerson.name')} />
      <TextInput label={organizations.contactEmail} type="email" required {...field('contactPerson.email')} />
      <TextInput label={organizations.contactPhone} type="tel" {...field('contactPerson.phone')} />
    </SimpleGrid>
  );
}

interface SubscriptionFieldsProps {
  /** Input props for a field. */
  readonly field: (name: 'plan' | 'startDate' | 'endDate') => object;
  /** The selected plan, whose entitlements are shown. */
  readonly plan: string;
}

/** Plan, start and end date, with the plan's entitlements. */
export function SubscriptionFields({ field, plan }: SubscriptionFieldsProps) {
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

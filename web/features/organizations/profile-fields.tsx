import { SimpleGrid, TextInput } from '@mantine/core';
import { useTexts } from '../../text/language.tsx';

/** Help that stands below its input. */
export const helpBelow = {
  inputWrapperOrder: ['label' as const, 'input' as const, 'description' as const, 'error' as const],
};

interface Props {
  /** What a form gives the input at a path. */
  readonly field: (path: string) => object;
}

/** What an organization is called: by its name, and by other systems. */
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

/** Whom to reach at an organization. */
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

import { SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useTexts } from '../../text/language.tsx';

const helpBelow = {
  inputWrapperOrder: ['label' as const, 'input' as const, 'description' as const, 'error' as const],
};

interface Props {
  readonly isWhole: boolean;
  /** What a form gives the input at a path. */
  readonly field: (path: string) => object;
}

/** The fields of an organization's settings; those that only the platform changes if it is whole. */
export function SettingsFields({ isWhole, field }: Props) {
  const { organizations } = useTexts();
  return (
    <>
      {isWhole && (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput label={organizations.name} required {...field('name')} />
          <TextInput
            label={organizations.externalId}
            description={organizations.externalIdHint}
            {...helpBelow}
            {...field('externalId')}
          />
        </SimpleGrid>
      )}
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <TextInput label={organizations.contactName} required {...field('contactPerson.name')} />
        <TextInput
          label={organizations.contactEmail}
          type="email"
          required
          {...field('contactPerson.email')}
        />
        <TextInput label={organizations.contactPhone} type="tel" {...field('contactPerson.phone')} />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, sm: isWhole ? 2 : 1 }}>
        <Textarea
          label={organizations.allowedDomains}
          description={organizations.domainsHint}
          autosize
          minRows={3}
          {...helpBelow}
          {...field('allowedDomains')}
        />
        {isWhole && (
          <Textarea
            label={organizations.metadata}
            description={organizations.metadataHint}
            autosize
            minRows={3}
            {...helpBelow}
            {...field('metadata')}
          />
        )}
      </SimpleGrid>
    </>
  );
}

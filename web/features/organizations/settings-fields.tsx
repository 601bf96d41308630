import { SimpleGrid, Textarea } from '@mantine/core';
import { useTexts } from '../../text/language.tsx';
import { ContactFields, helpBelow, NameFields } from './profile-fields.tsx';

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
      {isWhole && <NameFields field={field} />}
      <ContactFields field={field} />
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

import { Textarea, TextInput } from '@mantine/core';
import { useTexts } from '../../text/language.tsx';

interface Props {
  readonly unit: string;
  readonly noteHint?: string;
  /** What a form gives the input of a name. */
  readonly field: (name: 'value' | 'note') => object;
}

/** What a check-in says: a value, and a note if one likes. */
export function CheckInFields({ unit, noteHint, field }: Props) {
  const { kpis } = useTexts();
  return (
    <>
      <TextInput label={kpis.valueIn(unit)} required inputMode="decimal" data-autofocus {...field('value')} />
      <Textarea label={kpis.note} description={noteHint} autosize minRows={2} {...field('note')} />
    </>
  );
}

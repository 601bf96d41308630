import { ActionIcon, Tooltip } from '@mantine/core';
import IconInfoCircle from '@tabler/icons-react/icons/IconInfoCircle';
import { useTexts } from '../text/language.tsx';

interface Props {
  /** The term. */
  readonly title: string;
  /** Its meaning, in one or two sentences. */
  readonly text: string;
}

/** Explains a figure on hover, focus or tap. */
export const Definition = ({ title, text }: Props) => (
  <Tooltip label={text} multiline w={280} withArrow events={{ hover: true, focus: true, touch: true }}>
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      c="dimmed"
      aria-label={useTexts().analytics.definitionOf(title)}
      aria-description={text}
      style={{ position: 'relative', zIndex: 1 }}
    >
      <IconInfoCircle size={16} aria-hidden />
    </ActionIcon>
  </Tooltip>
);

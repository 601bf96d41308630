import { Group } from '@mantine/core';
import { CopyButton } from '../../components/copy-button.tsx';
import classes from './person.module.css';

/** Text with a copy button. */
export const Copied = ({ what, text }: { readonly what: string; readonly text: string }) => (
  <Group component="span" display="inline-flex" gap={4} wrap="nowrap" maw="100%">
    <span className={classes.cut} title={text}>
      {text}
    </span>
    <CopyButton value={text} what={what} />
  </Group>
);

import { ActionIcon, type ActionIconProps } from '@mantine/core';
import type { ComponentProps, CSSProperties } from 'react';

interface Props extends ActionIconProps, Omit<ComponentProps<'button'>, keyof ActionIconProps> {
  readonly label: string;
}

/** As tall as the buttons and fields beside it. */
const style: CSSProperties & Record<'--ai-size', string> = { '--ai-size': 'var(--app-control-height, 2rem)' };

/** A button above a list that is only an icon, with its name on hover. */
export const ToolButton = ({ label, ...props }: Props) => (
  <ActionIcon variant="default" style={style} aria-label={label} title={label} {...props} />
);

import { ActionIcon, type ActionIconProps } from '@mantine/core';
import type { ComponentProps, CSSProperties } from 'react';

interface Props extends ActionIconProps, Omit<ComponentProps<'button'>, keyof ActionIconProps> {
  readonly label: string;
}

/** The same height as the buttons and fields next to it. */
const style: CSSProperties & Record<'--ai-size', string> = { '--ai-size': 'var(--app-control-height, 2rem)' };

/** An icon button above a list, with its name on hover. */
export const ToolButton = ({ label, ...props }: Props) => (
  <ActionIcon variant="default" style={style} aria-label={label} title={label} {...props} />
);

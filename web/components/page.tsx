import { Anchor, Breadcrumbs, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import IconChevronRight from '@tabler/icons-react/icons/IconChevronRight';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import { Link } from '@tanstack/react-router';
import { createContext, type ReactNode, use, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTexts } from '../text/language.tsx';

/** Where a page's header takes the actions of the page's main list; null inside a tab. */
const ActionsPlace = createContext<HTMLElement | null>(null);

/** Content that isn't the page's own, such as a tab: its actions stay with it. */
export const PagePart = ({ children }: { readonly children: ReactNode }) => (
  <ActionsPlace value={null}>{children}</ActionsPlace>
);

/** The actions of a page's main list, next to the page's title. */
export function MainActions({ children }: { readonly children: ReactNode }) {
  const place = use(ActionsPlace);
  return place === null ? children : createPortal(children, place);
}

/** The button that creates an item of a list. */
export const NewButton = ({ title, onClick }: { readonly title: string; readonly onClick: () => void }) => (
  <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={onClick}>
    {title}
  </Button>
);

/** The same, if the item is created on a page. */
export const NewLink = ({ title, to }: { readonly title: string; readonly to: string }) => (
  <Button leftSection={<IconPlus size={16} aria-hidden />} component={Link} to={to}>
    {title}
  </Button>
);

interface PageProps {
  readonly title: string;
  /** In front of the title, such as an avatar. */
  readonly picture?: ReactNode;
  /** After the title. */
  readonly mark?: ReactNode;
  readonly description?: ReactNode;
  readonly parents?: readonly { readonly title: string; readonly to: string }[];
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/**
 * A page. Sets the document title, and takes the focus so that screen readers start here after navigation.
 */
export function Page({ title, picture, mark, description, parents = [], actions, children }: PageProps) {
  const { common } = useTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  const [place, setPlace] = useState<HTMLElement | null>(null);
  useEffect(() => {
    document.title = common.pageTitle(title);
    // Someone working in a dialog keeps the focus when the title changes below it.
    if (document.activeElement?.closest('[role=dialog]')) return;
    heading.current?.focus({ preventScroll: true });
  }, [title, common]);
  return (
    <Stack gap="lg">
      <Stack gap={6}>
        {parents.length > 0 && (
          <Breadcrumbs
            aria-label={common.breadcrumbs}
            component="nav"
            separator={<IconChevronRight size={14} aria-hidden />}
            separatorMargin={4}
          >
            {parents.map((parent) => (
              <Anchor
                key={parent.to}
                component={Link}
                to={parent.to}
                size="sm"
                c="dimmed"
                maw={260}
                lh="sm"
                truncate
              >
                {parent.title}
              </Anchor>
            ))}
            <Text size="sm" aria-current="page" maw={260} lh="sm" truncate title={title}>
              <bdi>{title}</bdi>
            </Text>
          </Breadcrumbs>
        )}
        <Group justify="space-between" align="flex-start" gap="md">
          <Group gap="sm">
            <Group gap="sm" wrap="nowrap">
              {picture}
              <Title
                order={1}
                ref={heading}
                tabIndex={-1}
                style={{ outline: 'none', overflowWrap: 'anywhere' }}
              >
                <bdi>{title}</bdi>
              </Title>
            </Group>
            {mark}
          </Group>
          <Group gap="xs" className="page-actions" ref={setPlace}>
            {actions}
          </Group>
        </Group>
        {description !== undefined && (
          <Text c="dimmed" size="sm" maw="45rem">
            {description}
          </Text>
        )}
      </Stack>
      <ActionsPlace value={place}>{children}</ActionsPlace>
    </Stack>
  );
}

interface SectionProps {
  readonly id: string;
  readonly title: string;
  /** After the title. */
  readonly mark?: ReactNode;
  readonly children: ReactNode;
}

/** A section with a heading. */
export const Section = ({ id, title, mark, children }: SectionProps) => (
  <Paper withBorder radius="md" p="md" component="section" aria-labelledby={id} data-card>
    <Stack gap="sm">
      <Group gap={4}>
        <Title order={2} size="h3" id={id}>
          <bdi>{title}</bdi>
        </Title>
        {mark}
      </Group>
      {children}
    </Stack>
  </Paper>
);

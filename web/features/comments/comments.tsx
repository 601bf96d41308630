import { Button, Group, Paper, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Comment, NewComment } from '../../../domain/comment/comment.schema.ts';
import { instanceOfKpi, type Kpi } from '../../../domain/kpi/kpi.schema.ts';
import { commentRoutes } from '../../../functions/http/comment/routes.ts';
import { Confirm, FormDialog } from '../../components/form/form-dialog.tsx';
import { checkedBy } from '../../components/form/problems.ts';
import { useSendForm } from '../../components/form/send-form.ts';
import { MemberName } from '../../components/kpi.tsx';
import { Time } from '../../components/labels.tsx';
import { notify } from '../../components/notify.tsx';
import { PagedList, paging } from '../../components/query-view.tsx';
import { Empty, Failed } from '../../components/states.tsx';
import { useChange } from '../../lib/change.ts';
import { useMay, useMember } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';

interface OfKpi {
  readonly kpi: Kpi;
}

const keyOf = ({ organizationId, id }: Kpi) => ['comments', organizationId, id];
const paramsOf = ({ organizationId, id: kpiId }: Kpi) => ({ organizationId, kpiId });
const most = 50;

/** The comments on a KPI, newest first, and a form for a new one. */
export function CommentsOfKpi({ kpi }: OfKpi) {
  const { api } = useSession();
  const { comments } = useTexts();
  const may = useMay(kpi.organizationId);
  // Resets the form after each comment.
  const [sent, setSent] = useState(0);
  const query = useInfiniteQuery({
    ...paging,
    queryKey: keyOf(kpi),
    queryFn: ({ pageParam: cursor, signal }) =>
      api(commentRoutes.listComments, { params: paramsOf(kpi), query: { cursor, limit: most }, signal }),
  });
  return (
    <Stack gap="md" maw="48rem">
      {may('create', 'Comment', instanceOfKpi(kpi)) && (
        <NewCommentForm key={sent} kpi={kpi} onSent={() => setSent(sent + 1)} />
      )}
      <PagedList query={query} empty={<Empty title={comments.none}>{comments.noneText}</Empty>}>
        {(items) => (
          <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }} aria-label={comments.all}>
            {items.map((comment) => (
              <OneComment key={comment.id} kpi={kpi} comment={comment} />
            ))}
          </Stack>
        )}
      </PagedList>
    </Stack>
  );
}

/** Reloads the comments, whether or not the change succeeded. */
function useReadAgain(kpi: Kpi) {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: keyOf(kpi) });
}

function NewCommentForm({ kpi, onSent }: OfKpi & { readonly onSent: () => void }) {
  const { api } = useSession();
  const { comments } = useTexts();
  const { form, sending } = useSendForm({
    initialValues: { text: '' },
    check: checkedBy(NewComment),
    send: (body, key) => api(commentRoutes.createComment, { params: paramsOf(kpi), body, key }),
    onSent,
    onSettled: useReadAgain(kpi),
  });
  return (
    <form noValidate aria-label={comments.label} onSubmit={sending.submit}>
      <Stack gap="xs">
        <Textarea label={comments.label} autosize minRows={2} maxRows={10} {...form.getInputProps('text')} />
        {sending.error !== null && <Failed error={sending.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={sending.pending}>
            {comments.add}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface OneProps extends OfKpi {
  readonly comment: Comment;
}

function OneComment({ kpi, comment }: OneProps) {
  const { comments, audit } = useTexts();
  const { user } = useMember();
  const may = useMay(kpi.organizationId);
  const [editing, edit] = useDisclosure(false);
  const [deleting, askToDelete] = useDisclosure(false);
  const { text, by, byName, bySupport, createdAt, revision } = comment;
  const instance = { ...instanceOfKpi(kpi), userId: by };
  return (
    <Paper component="li" withBorder radius="md" p="sm">
      <Group gap="xs" wrap="wrap">
        {bySupport === true ? (
          <Text span size="sm">
            {audit.actors.support}
          </Text>
        ) : (
          <MemberName organizationId={kpi.organizationId} userId={by} name={byName} />
        )}
        <Text span size="xs" c="dimmed">
          <Time at={createdAt} />
          {revision > 1 && ` · ${comments.edited}`}
        </Text>
      </Group>
      <Text size="sm" dir="auto" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
        {text}
      </Text>
      <Group gap="xs" mt={4} mx={-8}>
        {by === user.userId && may('update', 'Comment', instance) && (
          <Button size="compact-xs" variant="subtle" onClick={edit.open}>
            {comments.edit}
          </Button>
        )}
        {may('delete', 'Comment', instance) && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            c="var(--mantine-color-error)"
            onClick={askToDelete.open}
          >
            {comments.delete}
          </Button>
        )}
      </Group>
      {editing && <EditComment kpi={kpi} comment={comment} onClose={edit.close} />}
      {deleting && <DeleteComment kpi={kpi} comment={comment} onClose={askToDelete.close} />}
    </Paper>
  );
}

interface DialogProps extends OneProps {
  readonly onClose: () => void;
}

function EditComment({ kpi, comment: given, onClose }: DialogProps) {
  const { api } = useSession();
  const { comments, common } = useTexts();
  // The change is based on the version that was opened, even if a newer one is loaded.
  const [{ id: commentId, text, revision }] = useState(given);
  const { form, sending } = useSendForm({
    initialValues: { text },
    check: checkedBy(NewComment),
    send: (body) =>
      api(commentRoutes.updateComment, { params: { ...paramsOf(kpi), commentId }, body, revision }),
    onSent: onClose,
    onSettled: useReadAgain(kpi),
  });
  return (
    <FormDialog title={comments.editOf(kpi.name)} action={common.save} sending={sending} onClose={onClose}>
      <Textarea
        label={comments.text}
        autosize
        minRows={3}
        maxRows={12}
        data-autofocus
        {...form.getInputProps('text')}
      />
    </FormDialog>
  );
}

function DeleteComment({ kpi, comment: { id: commentId, revision }, onClose }: DialogProps) {
  const { api } = useSession();
  const { comments } = useTexts();
  const deleting = useChange({
    mutationFn: () => api(commentRoutes.deleteComment, { params: { ...paramsOf(kpi), commentId }, revision }),
    onSuccess: () => {
      onClose();
      notify({ message: comments.deleted });
    },
    onSettled: useReadAgain(kpi),
  });
  return (
    <Confirm title={comments.deleteTitle} action={comments.deleteNow} change={deleting} onClose={onClose}>
      {comments.deleteText}
    </Confirm>
  );
}

import { Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { UserId } from '../../domain/ids.ts';
import { Dialog } from '../components/dialog.tsx';
import { useMember } from '../lib/me.tsx';
import { useSession } from '../lib/session.tsx';
import { useTexts } from '../text/language.tsx';

interface SessionEndedProps {
  /** Takes over from the person whose session it was. */
  readonly onSignedIn: (before: UserId) => Promise<void>;
}

/** Asks to sign in again over the page, when the session ended while somebody worked: nothing that was typed is lost. */
export function SessionEnded({ onSignedIn }: SessionEndedProps) {
  const session = useSession();
  const { userId } = useMember().user;
  const { sessionEnded } = useTexts().shell;
  const [ended, setEnded] = useState<UserId | null>(null);
  useEffect(() => {
    if (ended !== null) return;
    // What the API takes for no session isn't one, whatever the browser still holds.
    const leave = () => session.identity.signOut().catch(() => undefined);
    return session.onEnded(() => void leave().then(() => setEnded(userId)));
  }, [session, ended, userId]);
  if (ended === null) return null;
  const close = () => setEnded(null);
  return (
    <Dialog onClose={close} title={sessionEnded.title} above>
      <Stack gap="md">
        <Text size="sm">{sessionEnded.text}</Text>
        {/* It stays over the page until it is known whose page this is now. */}
        {session.identity.renderSignIn(() => void onSignedIn(ended).then(close))}
      </Stack>
    </Dialog>
  );
}

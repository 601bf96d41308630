import { Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Dialog } from '../components/dialog.tsx';
import { useSession } from '../lib/session.tsx';
import { useTexts } from '../text/language.tsx';

/** Asks to sign in again over the page, when the session ended while somebody worked: nothing that was typed is lost. */
export function SessionEnded({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const session = useSession();
  const { sessionEnded } = useTexts().shell;
  const [ended, setEnded] = useState(false);
  useEffect(() => {
    if (ended) return;
    // What the API takes for no session isn't one, whatever the browser still holds.
    const leave = () => session.identity.signOut().catch(() => undefined);
    return session.onEnded(() => void leave().then(() => setEnded(true)));
  }, [session, ended]);
  if (!ended) return null;
  return (
    <Dialog onClose={() => setEnded(false)} title={sessionEnded.title} above>
      <Stack gap="md">
        <Text size="sm">{sessionEnded.text}</Text>
        {session.identity.renderSignIn(() => {
          setEnded(false);
          onSignedIn();
        })}
      </Stack>
    </Dialog>
  );
}

import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';

const manager = new SecretsManagerClient({});

/** The versions of a secret during rotation. Source: AWS Secrets Manager User Guide, "Secret versions". */
export const secretVersions = (SecretId: string, pendingId: string) => {
  const read = async (VersionStage: string, VersionId?: string): Promise<string> => {
    const ask = new GetSecretValueCommand({ SecretId, VersionStage, ...(VersionId && { VersionId }) });
    return (await manager.send(ask)).SecretString ?? '';
  };
  return {
    current: () => read('AWSCURRENT'),
    pending: () => read('AWSPENDING', pendingId),
    async hasPending(): Promise<boolean> {
      return await read('AWSPENDING', pendingId).then(
        () => true,
        (error: unknown) => {
          if (error instanceof ResourceNotFoundException) return false;
          throw error;
        },
      );
    },
    async putPending(SecretString: string): Promise<void> {
      const version = { SecretString, ClientRequestToken: pendingId, VersionStages: ['AWSPENDING'] };
      await manager.send(new PutSecretValueCommand({ SecretId, ...version }));
    },
    /** Promotes the pending version to current. Does nothing if it already is. */
    async promotePending(): Promise<void> {
      const { VersionIdsToStages = {} } = await manager.send(new DescribeSecretCommand({ SecretId }));
      const [RemoveFromVersionId] =
        Object.entries(VersionIdsToStages).find(([, stages]) => stages.includes('AWSCURRENT')) ?? [];
      if (RemoveFromVersionId === pendingId) return;
      const move = { VersionStage: 'AWSCURRENT', MoveToVersionId: pendingId, RemoveFromVersionId };
      await manager.send(new UpdateSecretVersionStageCommand({ SecretId, ...move }));
    },
  };
};

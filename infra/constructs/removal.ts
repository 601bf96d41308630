import { RemovalPolicy } from 'aws-cdk-lib';
import type { StageSettings } from '../stage.ts';

/** What becomes of data when its stack is deleted: it stays, unless the stage says that it holds nobody's data. */
export const removalPolicy = (stage: StageSettings): RemovalPolicy =>
  stage.disposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;

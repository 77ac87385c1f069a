import type { Format } from './format.ts';
import { runSequence } from './run-sequence.ts';
import type { Answer, AuthorizeVector, SequenceVector, StepVector } from './sequence-format.ts';

/** Tests of several requests to one store, one after the other. */
export const sequences: Format<SequenceVector> = {
  ask({ store, replay, reserveFor, steps }) {
    return { store, replay, reserveFor, steps: steps.map(askStep) };
  },
  expect({ steps }) {
    return { steps: steps.map(answerOf) };
  },
  async answer(asked, setting) {
    return { steps: await runSequence(asked, setting) };
  },
};

function askStep(step: StepVector): object {
  if (step.do === 'lift') return { do: step.do, block: step.block };
  if (step.do === 'settle') return { do: step.do, clock: step.clock, of: step.of, costs: step.costs };
  const { clock, text, statuses, audience, request, costs, fault, known, usage } = step as AuthorizeVector;
  // How it is known that the grantor granted, and what is used, are told where a test asks for them.
  const tell = { ...(known && { known: true }), ...(usage && { usage: true }) };
  return { do: step.do, clock, text, statuses, audience, request, costs, fault, ...tell };
}

function answerOf(step: Answer): object {
  const { code, denials, needs, notEstablished, relied, alarms, known, reservation, usage } = step;
  return { code, denials, needs, notEstablished, relied, alarms, known, reservation, usage };
}

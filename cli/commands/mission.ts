import type { Command } from 'commander';
import { changeMission, exportJwk, type KeptMission, type MissionChange } from '../../src/index.ts';
import { withExamples } from '../examples.ts';
import { usage } from '../exit.ts';
import { addKeeperFlags, checkKnown, type KeeperFlags, keep, stateOption } from '../keeper.ts';
import { readMissionFile } from '../mission-file.ts';
import { type CommonFlags, clock, note, print, printJson } from '../output.ts';
import { renderMission, renderMissions } from '../render/missions.ts';

const SUBJECT = 'which mission: GRANTOR#MISSION-ID, as writ inspect shows the two';
const EXAMPLE = 'mailto:cfo@acme.example#q3-report';
const FILES = '--key keeper.jwk --state missions.json';

const CHANGES: Readonly<Record<MissionChange, string>> = {
  start: 'let a mission begin; the first one makes the state file',
  suspend: 'let nothing under a mission act, until it is resumed',
  resume: 'let a suspended mission go on',
  complete: 'end a mission that is done, for good, and every token of it',
  revoke: 'end a mission that must not go on, for good, and every token of it',
};

/** `writ mission`: a status authority without a server. */
export function addMission(program: Command): void {
  const mission = program
    .command('mission')
    .description('say by signed statuses whether a mission is still going on');
  for (const change of Object.keys(CHANGES) as MissionChange[]) {
    const changing = mission
      .command(change)
      .argument('<subject>', SUBJECT)
      .description(CHANGES[change])
      .action((subject: string, flags: KeeperFlags) => apply(change, subject, flags));
    withExamples(addKeeperFlags(changing), [
      `writ mission ${change} ${EXAMPLE} \\\n  ${FILES} > status.writ`,
    ]);
  }
  const issuing = mission
    .command('issue')
    .argument('[subject...]', 'which missions; all, where none is named')
    .description('print a fresh status of some or all missions, which changes nothing')
    .action((subjects: readonly string[], flags: KeeperFlags) =>
      keep(flags, (missions) => {
        checkKnown(missions, subjects);
        return {
          missions,
          subjects: subjects.length > 0 ? subjects : missions.map(({ subject }) => subject),
        };
      }),
    );
  withExamples(addKeeperFlags(issuing), [`writ mission issue ${FILES} \\\n  --good-for 5m > status.writ`]);
  const showing = mission
    .command('show')
    .argument('[subject]', 'which mission, with the ids that are revoked in it; else all in a table')
    .description('show how missions stand, and how old their last status is')
    .addOption(stateOption())
    .action(show);
  withExamples(showing, ['writ mission show --state missions.json']);
}

async function apply(change: MissionChange, subject: string, flags: KeeperFlags): Promise<void> {
  if (subject === '') throw usage('a subject is missing', `name the mission, such as ${EXAMPLE}`);
  const create = change === 'start';
  if (create && !/^[^#]+#[^#]/.test(subject)) {
    note('writ: note: a subject is GRANTOR#MISSION-ID, unless --alive named another one');
  }
  const changed = (missions: readonly KeptMission[], now: number) => {
    if (!create) checkKnown(missions, [subject]);
    return { missions: changeMission(missions, subject, change, now), subjects: [subject] };
  };
  await keep(flags, changed, { create });
}

function show(subject: string | undefined, flags: CommonFlags & { readonly state: string }): void {
  const now = clock(flags);
  const { authority, missions } = readMissionFile(flags.state);
  if (subject !== undefined) checkKnown(missions, [subject]);
  const shown = missions.filter((mission) => subject === undefined || mission.subject === subject);
  if (flags.json) printJson({ authority: exportJwk(authority), now, missions: shown });
  else if (subject === undefined) for (const line of renderMissions(shown, authority, now)) print(line);
  else for (const one of shown) for (const line of renderMission(one, authority, now)) print(line);
}

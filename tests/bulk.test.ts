import { type ChildProcess, spawn } from 'node:child_process';
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readCollection, readEnvironment } from '@castellan/collection';
import {
  createHost,
  createPacing,
  createRunJournal,
  openDataFile,
  openJournalFile,
  plan,
  run,
} from '@castellan/engine';
import { expect, it } from 'vitest';
import { castellanMain, createFolder, runCli } from './support/castellan.ts';
import { startFlakyOrg } from './support/flaky-org.ts';
import { createUser, toItem, writeImport } from './support/import-users.ts';

/** How often the long run is killed; `CASTELLAN_KILLS=50` for the full measure. */
const KILLS = Number(process.env['CASTELLAN_KILLS'] ?? 6);
const ROWS = KILLS < 50 ? 400 : 2000;

it(
  `creates everybody once although the run is killed ${KILLS} times`,
  { timeout: 60_000 + KILLS * 10_000 },
  async () => {
    await using folder = await createFolder();
    await using org = await startFlakyOrg();
    const env = { CASTELLAN_HOME: join(folder.path, 'home') };
    const journal = join(folder.path, 'run.journal');
    const { args, logins } = await writeImport(folder.path, org, ROWS);
    let command: readonly string[] = [...args, '--journal', journal, '--lanes', '8'];
    for (let kill = 0; kill < KILLS; kill += 1) {
      const child = spawn(process.execPath, [castellanMain, ...command], {
        env: { ...process.env, ...env },
        stdio: 'ignore',
      });
      killSomewhere(child, org, ((ROWS / (KILLS + 1)) * 2 * random()) | 0);
      await new Promise((resolve) => child.once('close', resolve));
      command = ['resume', journal, '--lanes', '8'];
    }
    const end = await runCli([...command, '-r', 'json', '--failed-rows', join(folder.path, 'left.csv')], {
      env,
      cwd: folder.path,
    });
    expect(end.stderr).toBe('');
    expect(end.code).toBe(0);
    expect((await org.listLogins()).toSorted()).toEqual(logins.toSorted());
    const listed = JSON.parse((await runCli(['runs', '--json'], { env })).stdout);
    expect(listed).toMatchObject([
      { state: 'completed', rows: { total: ROWS, done: ROWS, failed: 0, inDoubt: 0, notReached: 0 } },
    ]);
    expect(await readFile(join(folder.path, 'left.csv'), 'utf8')).toBe('');
  },
);

it('creates everybody once over a network that drops requests and answers', async () => {
  await using folder = await createFolder();
  await using org = await startFlakyOrg();
  const { args, logins } = await writeImport(folder.path, org, 200);
  org.decide = (write) => (write % 7 === 0 ? 'lost-after' : write % 11 === 0 ? 'lost-before' : 'answered');
  const end = await runCli([...args, '--lanes', '8'], { env: { CASTELLAN_HOME: folder.path } });
  expect(end).toMatchObject({ code: 0, stderr: '' });
  expect(end.stdout).toContain('200 rows: 200 done, 0 failed, 0 in doubt, 0 not reached');
  expect((await org.listLogins()).toSorted()).toEqual(logins.toSorted());
});

it('waits for an org that is restarted and creates everybody once', async () => {
  await using folder = await createFolder();
  await using org = await startFlakyOrg();
  const { args, logins } = await writeImport(folder.path, org, 200);
  let restarted: Promise<void> | undefined;
  org.onDone = (write) => {
    if (write === 60) restarted = org.goDown().then(() => org.comeBack());
  };
  const end = await runCli([...args, '--lanes', '8'], { env: { CASTELLAN_HOME: folder.path } });
  await restarted;
  expect(end).toMatchObject({ code: 0, stderr: '' });
  expect(end.stdout).toContain('200 rows: 200 done, 0 failed, 0 in doubt, 0 not reached');
  expect((await org.listLogins()).toSorted()).toEqual(logins.toSorted());
});

it('goes on in the middle of a row, with what its scripts had found out', async () => {
  await using folder = await createFolder();
  await using org = await startFlakyOrg();
  const env = { CASTELLAN_HOME: folder.path };
  const journal = join(folder.path, 'run.journal');
  const keepId = "pm.environment.set('id', pm.response.json().id);";
  const { args, logins } = await writeImport(folder.path, org, 40, [
    { ...createUser, event: [{ listen: 'test', script: { exec: [keepId] } }] },
    toItem('Activate', 'POST', '/api/v1/users/{{id}}/lifecycle/activate?sendEmail=false', { body: {} }),
  ]);
  const child = spawn(process.execPath, [castellanMain, ...args, '--journal', journal, '--lanes', '4'], {
    env: { ...process.env, ...env },
    stdio: 'ignore',
  });
  org.onDone = (write) => void (write === 31 && child.kill('SIGKILL'));
  await new Promise((resolve) => child.once('close', resolve));
  const end = await runCli(['resume', journal], { env });
  expect(end).toMatchObject({ code: 0, stderr: '' });
  expect(end.stdout).toContain('40 rows: 40 done');
  expect((await org.listLogins()).toSorted()).toEqual(logins.toSorted());
  expect(await org.countStatus('PROVISIONED')).toBe(40);
});

it('sends nothing that it cannot write down first', async () => {
  await using folder = await createFolder();
  await using org = await startFlakyOrg();
  const { files } = await writeImport(folder.path, org, 50);
  const planned = plan({
    collection: readCollection(await readFile(files.collection, 'utf8')).collection,
    environment: readEnvironment(await readFile(files.environment, 'utf8')).environment,
    data: await openDataFile(files.data),
    settings: { lanes: 4, strict: true },
  });
  const host = createHost();
  let room = 4000;
  const journal = await createRunJournal({
    path: join(folder.path, 'run.journal'),
    plan: planned,
    now: host.now(),
    async openFile(path, length) {
      const file = await openJournalFile(path, length);
      return {
        ...file,
        async append(bytes) {
          room -= bytes.length;
          if (room < 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
          await file.append(bytes);
        },
      };
    },
  });
  const result = await run(planned, host, { pacing: createPacing(host), journal });
  await journal.close();
  await host.close();
  expect(result).toMatchObject({
    outcome: 'failed',
    error: { message: 'The journal cannot be written: the disk is full.' },
  });
  const lines = (await readFile(join(folder.path, 'run.journal'), 'utf8')).split('\n');
  const sent = lines.filter((line) => line.includes('"kind":"sent"')).length;
  expect(org.writes).toBeGreaterThan(0);
  expect(org.writes).toBeLessThanOrEqual(sent);
  expect(result.summary.rows.done).toBeLessThanOrEqual(org.writes);
});

it('refuses to go on with another collection, with a damaged journal, and beside another process', async () => {
  await using folder = await createFolder();
  await using org = await startFlakyOrg();
  const env = { CASTELLAN_HOME: folder.path };
  const journal = join(folder.path, 'run.journal');
  const { args, files } = await writeImport(folder.path, org, 5);
  expect(await runCli([...args, '--journal', journal], { env })).toMatchObject({ code: 0 });
  expect((await runCli([...args, '--journal', journal], { env })).stderr).toContain('is there already');
  expect(await runCli(['resume', journal], { env })).toMatchObject({ code: 0 });

  await writeFile(`${journal}.lock`, String(process.pid));
  expect((await runCli(['resume', journal], { env })).stderr).toContain(`Process ${process.pid} is at work`);
  await rm(`${journal}.lock`);

  await appendFile(files.data, 'more@example.com,More\n');
  const changed = await runCli(['resume', journal], { env });
  expect(changed.code).toBe(1);
  expect(changed.stderr).toContain('the data file');

  const text = await readFile(journal, 'utf8');
  await writeFile(journal, text.replace('"code":200', '"code":201'));
  expect((await runCli(['resume', journal], { env })).stderr).toContain('is damaged');
  expect(org.writes).toBe(5);
});

/** Kills a process while or after the org does its write number `after` from now, at any point of the way. */
function killSomewhere(
  child: ChildProcess,
  org: Awaited<ReturnType<typeof startFlakyOrg>>,
  after: number,
): void {
  const target = org.writes + 1 + after;
  const kill = (): void => void child.kill('SIGKILL');
  const phase = Math.floor(random() * 3);
  org.decide = (write) => {
    if (write === target && phase === 0) kill();
    return 'answered';
  };
  org.onDone = (write) => {
    if (write === target && phase === 1) kill();
    if (write === target && phase === 2) setTimeout(kill, random() * 20);
  };
}

const random = Math.random;

it('writes every page of a list once, although it is killed and an answer is lost', async () => {
  await using folder = await createFolder();
  await using org = await startFlakyOrg();
  const env = { CASTELLAN_HOME: join(folder.path, 'home') };
  const workspace = join(folder.path, 'workspace');
  const { args, files, logins } = await writeImport(folder.path, org, 45, [createUser, listUsers]);
  expect(await runCli([...args, '--folder', 'Create', '--lanes', '8'], { env })).toMatchObject({ code: 0 });
  const imported = await runCli(['import', files.collection, files.environment, '--workspace', workspace], {
    env,
  });
  expect(imported).toMatchObject({ code: 0 });
  const out = join(folder.path, 'users.csv');
  const send = ['send', 'Import users/List', '-e', 'Test', '--workspace', workspace, '--all-pages'];
  const columns = ['--column', 'login=$.profile.login', '--column', 'status=$.status'];

  const first = org.reads + 1;
  const child = spawn(process.execPath, [castellanMain, ...send, '--out', out, ...columns], {
    env: { ...process.env, ...env },
    stdio: 'ignore',
  });
  org.onRead = (read) => {
    if (read === first + 2) child.kill('SIGKILL');
    return read === first + 4 ? 'lost-after' : 'answered';
  };
  await new Promise((resolve) => child.once('close', resolve));
  expect(await runCli([...send, '--out', out, ...columns], { env })).toMatchObject({ code: 0 });
  const lines = (await readFile(out, 'utf8')).trimEnd().split('\n');
  expect(lines[0]).toBe('"login","status"');
  expect(lines).toHaveLength(47);
  // Five pages, one of them twice because of the kill and one because its answer was lost.
  expect(org.reads - first + 1).toBe(7);
  expect(lines).toEqual(expect.arrayContaining(logins.map((login) => `"${login}","STAGED"`)));

  const some = await runCli([...send, '--out', join(folder.path, 'some.jsonl'), '--max', '15'], { env });
  expect(some.stdout).toContain('15 entries');
  expect((await readFile(join(folder.path, 'some.jsonl'), 'utf8')).trimEnd().split('\n')).toHaveLength(15);
});

const listUsers = toItem('List', 'GET', '/api/v1/users?limit=10');

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { renderCsv, renderJson, renderLatex, renderMarkdown, summarize } from '@balanced-rec/report';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleRecords } from '../../../report/test/sample-records.js';
import { expectOneError, runCli, runWell, startCli } from '../support/cli.js';

const scratch = mkdtempSync(path.join(tmpdir(), 'report-command-'));
const folder = path.join(scratch, 'baby');
// Sorted by id, the order in which records are read back.
const records = sampleRecords({ datasets: ['baby'], backbones: ['vbpr'], seeds: [1, 2] }).sort((a, b) =>
  a.id < b.id ? -1 : 1,
);
const note = { title: 'CKD on Amazon Baby', command: 'balanced-rec compare baby.yaml --out baby' };

beforeAll(() => {
  mkdirSync(path.join(folder, 'runs'), { recursive: true });
  for (const record of records)
    writeFileSync(path.join(folder, 'runs', `${record.id}.json`), JSON.stringify(record, null, 1));
  writeFileSync(path.join(folder, 'comparison.json'), JSON.stringify({ format: 1, ...note }));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('balanced-rec report', () => {
  test('writes the page into the folder', async () => {
    const { stdout } = await runWell(['report', folder]);
    const file = path.join(folder, 'report.html');
    expect(stdout).toBe(`report: ${file}\n`);
    const html = readFileSync(file, 'utf8');
    expect(html).toContain(`<h1>${note.title}</h1>`);
    expect(html).toContain(note.command);
  });

  test('prints the other formats, or writes them to --out', async () => {
    const summary = summarize(records);
    const content = { ...note, records, summary };
    expect((await runWell(['report', folder, '--format', 'md'])).stdout).toBe(renderMarkdown(content));
    expect((await runWell(['report', folder, '--format', 'json'])).stdout).toBe(renderJson(summary));
    const out = path.join(scratch, 'tables.tex');
    const { stdout } = await runWell(['report', folder, '--format', 'latex', '--out', out]);
    expect(stdout).toBe(`report: ${out}\n`);
    expect(readFileSync(out, 'utf8')).toBe(renderLatex(content));
    expect((await runWell(['report', folder, '-f', 'csv'])).stdout).toBe(renderCsv(records));
  });

  test('exits quietly when the reader closes the pipe', async () => {
    const { child, ended } = startCli(['report', folder, '--format', 'csv']);
    child.stdout!.destroy();
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });

  test("uses the folder's name as the title if none was kept", async () => {
    const bare = path.join(scratch, 'bare');
    mkdirSync(path.join(bare, 'runs'), { recursive: true });
    writeFileSync(path.join(bare, 'runs', `${records[0]!.id}.json`), JSON.stringify(records[0]));
    const { stdout } = await runWell(['report', bare, '--format', 'md']);
    expect(stdout).toMatch(/^# bare\n/);
    expect(stdout).toContain(`balanced-rec report ${bare}`);
  });
});

describe('balanced-rec report refuses', () => {
  test('a folder that does not exist, and one without runs', async () => {
    const missing = path.join(scratch, 'nowhere');
    const parts = { code: 'comparison/no-runs', expected: 'runs/<id>.json', remedy: 'balanced-rec compare' };
    expectOneError(await runCli(['report', missing]), { ...parts, place: missing, found: 'nothing' });
    const empty = path.join(scratch, 'empty');
    mkdirSync(empty);
    expectOneError(await runCli(['report', empty]), { ...parts, place: empty, found: 'none' });
  });

  test('an unknown format, and suggests the nearest one', async () => {
    expectOneError(await runCli(['report', folder, '--format', 'htm']), {
      code: 'cli/bad-option',
      place: '--format',
      expected: 'html, md, csv, latex, json',
      found: '"htm"',
      remedy: 'did you mean "html"?',
    });
  });

  test('a damaged record, a damaged note and a file that cannot be written', async () => {
    const damaged = path.join(scratch, 'damaged');
    mkdirSync(path.join(damaged, 'runs'), { recursive: true });
    writeFileSync(path.join(damaged, 'runs', 'a.json'), '{}');
    const record = { code: 'comparison/damaged-record', expected: 'run record', remedy: 'the comparison again' };
    expectOneError(await runCli(['report', damaged]), { ...record, place: 'a.json', found: 'SHA-256' });

    writeFileSync(path.join(damaged, 'runs', 'a.json'), JSON.stringify({ ...records[0], id: 'a' }));
    writeFileSync(path.join(damaged, 'comparison.json'), '{"format":9}');
    const note = { code: 'comparison/damaged-note', expected: '"title"', remedy: 'delete the file' };
    expectOneError(await runCli(['report', damaged]), { ...note, place: 'comparison.json', found: 'other JSON' });

    const out = path.join(folder, 'comparison.json', 'report.html');
    const file = { code: 'files/gone', expected: 'the folder', remedy: 'check whether' };
    expectOneError(await runCli(['report', folder, '--out', out]), { ...file, place: out, found: /ENOTDIR|EEXIST/ });
  });
});

import { localOperations, operations, FaultKind, type Fault } from '@castellan/okta-api';
import { Refusal } from '../calls.ts';
import type { ConsolePage, Visit } from '../page.ts';
import { ActionButton, ActionForm, Choice, Field, Table, When } from '../parts.tsx';

const { getClock, freezeClock, advanceClock, resetClock } = localOperations;
const { listFaults, addFault, removeFault, removeFaults, getLimits, replaceLimits } = localOperations;

const MINUTE = 60_000;
const UNITS: Readonly<Record<string, number>> = {
  minutes: MINUTE,
  hours: 60 * MINUTE,
  days: 24 * 60 * MINUTE,
};

/** What each fault does, in words. */
const KINDS: Readonly<Record<FaultKind, string>> = {
  'rate-limit': '429, the rate limit is used up',
  'concurrency-limit': '429, too many requests at once',
  'internal-error': '500, internal error',
  unavailable: '503, read only',
  slow: 'a late answer',
  'cut-before': 'no answer, and nothing happened',
  'cut-after': 'no answer, but the org acted',
};

const PLANS = { off: 'Nothing is refused', integrator: 'Integrator', enterprise: 'Enterprise' } as const;

const OPERATIONS = Object.entries(operations).flatMap(([api, ofApi]) =>
  Object.keys(ofApi).map((name): [string, string] => [`${api}/${name}`, `${api}/${name}`]),
);

/** Clock and faults: the time of the org, and what goes wrong on purpose. */
export const clock: ConsolePage = {
  path: '/clock',
  title: 'Clock and faults',

  async show(visit) {
    return (
      <>
        <h1>Clock and faults</h1>
        <Time visit={visit} />
        <Faults visit={visit} />
        <Limits visit={visit} />
      </>
    );
  },

  actions: {
    async advance({ form, call }) {
      const amount = form.number('amount');
      const unit = UNITS[form.text('unit')];
      if (amount === undefined || unit === undefined)
        throw new Refusal('Say by how much the clock moves on.');
      const milliseconds = Math.round(amount * unit);
      const { answer } = await call(advanceClock, { body: { milliseconds } });
      return { done: `It is ${answer.now} now.` };
    },
    async freeze({ call }) {
      const { answer } = await call(freezeClock, { body: {} });
      return { done: `The clock stands still at ${answer.now}.` };
    },
    async reset({ call }) {
      await call(resetClock);
      return { done: 'The org has the time of the machine again.' };
    },
    async addFault({ form, call }) {
      const kind = FaultKind.parse(form.text('kind'));
      const optional = {
        count: form.number('count'),
        percent: form.number('percent'),
        delay: form.number('delay'),
      };
      const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
      await call(addFault, { body: { kind, operation: form.text('operation'), ...given } });
      return { done: 'The fault waits for requests.' };
    },
    async removeFault({ form, call }) {
      await call(removeFault, { params: { faultId: form.text('faultId') } });
      return { done: 'Removed the fault.' };
    },
    async removeFaults({ call }) {
      await call(removeFaults);
      return { done: 'Removed every fault.' };
    },
    async limits({ form, call }) {
      const plan =
        (Object.keys(PLANS) as (keyof typeof PLANS)[]).find((one) => one === form.text('plan')) ?? 'off';
      await call(replaceLimits, { body: { plan, indexDelay: (form.number('indexDelay') ?? 0) * 1000 } });
      return { done: 'Saved the limits.' };
    },
  },
};

async function Time({ visit }: { readonly visit: Visit }) {
  const { answer } = await visit.call(getClock);
  return (
    <section aria-labelledby="time">
      <h2 id="time">Time</h2>
      <p>
        <When at={answer.now} /> UTC,{' '}
        {answer.frozen ? 'standing still.' : answer.offset === 0 ? 'as on this machine.' : 'moved.'} Tokens,
        sessions, passwords and rate limits go by it.
      </p>
      <div class="bar">
        <ActionForm visit={visit} action="advance" label="Move the clock on" className="bar">
          <Field name="amount" type="number" label="Move on by" value={1} min={0} required />
          <Choice
            name="unit"
            label="Unit"
            value="hours"
            options={Object.keys(UNITS).map((unit) => [unit, unit])}
          />
          <button>Move on</button>
        </ActionForm>
        {answer.frozen ? undefined : (
          <ActionButton visit={visit} action="freeze">
            Freeze
          </ActionButton>
        )}
        {answer.offset === 0 && !answer.frozen ? undefined : (
          <ActionButton visit={visit} action="reset">
            Back to the machine’s time
          </ActionButton>
        )}
      </div>
    </section>
  );
}

async function Faults({ visit }: { readonly visit: Visit }) {
  const { answer } = await visit.call(listFaults);
  const { form } = visit;
  return (
    <section aria-labelledby="faults">
      <h2 id="faults">
        Faults <span class="count">{answer.length}</span>
      </h2>
      <ActionForm visit={visit} action="addFault" label="Add a fault" className="bar">
        <Choice
          name="kind"
          label="Answer"
          value={form.text('kind')}
          options={FaultKind.options.map((kind) => [kind, KINDS[kind]])}
        />
        <Choice
          name="operation"
          label="To"
          value={form.text('operation')}
          options={[['*', 'every operation'], ...OPERATIONS]}
        />
        <Field name="count" type="number" label="How many (empty: all)" min={1} value={form.text('count')} />
        <Field
          name="percent"
          type="number"
          label="Per cent (empty: each)"
          min={1}
          max={100}
          value={form.text('percent')}
        />
        <Field name="delay" type="number" label="Delay in ms" min={0} value={form.text('delay')} />
        <button>Add fault</button>
      </ActionForm>
      <Table
        label="Faults"
        columns={['Answer', 'To', 'Left', 'Struck', '']}
        rows={answer}
        empty="Everything is answered as it should be."
        cells={(fault) => [
          describe(fault),
          fault.operation === '*' ? 'every operation' : fault.operation,
          fault.remaining ?? 'until removed',
          fault.struck,
          <ActionButton
            visit={visit}
            action="removeFault"
            fields={{ faultId: fault.id }}
            label={`Remove ${describe(fault)}`}
          >
            Remove
          </ActionButton>,
        ]}
      />
      {answer.length < 2 ? undefined : (
        <div class="bar">
          <ActionButton visit={visit} action="removeFaults">
            Remove all
          </ActionButton>
        </div>
      )}
    </section>
  );
}

function describe({ kind, percent, delay }: Fault): string {
  const late = delay === undefined ? '' : `, ${delay} ms`;
  return `${KINDS[kind]}${late}${percent === undefined ? '' : `, ${percent} % of the time`}`;
}

async function Limits({ visit }: { readonly visit: Visit }) {
  const { answer } = await visit.call(getLimits);
  return (
    <section aria-labelledby="limits">
      <h2 id="limits">Limits</h2>
      <ActionForm visit={visit} action="limits" label="Limits" className="bar">
        <Choice
          name="plan"
          label="Rate limits of the plan"
          value={answer.plan}
          options={Object.entries(PLANS)}
        />
        <Field
          name="indexDelay"
          type="number"
          label="Search is late by (seconds)"
          value={answer.indexDelay / 1000}
          min={0}
          max={600}
        />
        <button>Save limits</button>
      </ActionForm>
    </section>
  );
}

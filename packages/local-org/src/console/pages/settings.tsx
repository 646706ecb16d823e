import { localOperations, operations, type Settings } from '@castellan/okta-api';
import type { PropsWithChildren } from 'hono/jsx';
import { factorTypes, keyOf } from '../../factors/factor-types.ts';
import type { ConsolePage, Form, Visit } from '../page.ts';
import { ActionForm, Check, Choice, Field } from '../parts.tsx';

type Parts = Settings['passwordPolicy'] & { readonly signOnPolicy: Settings['signOnPolicy'] };

/** Each part of the policies: its title, and what its values are called. Numbers are fields, yes or no is a box. */
const FORMS: readonly {
  readonly part: keyof Parts & string;
  readonly title: string;
  readonly labels: Readonly<Record<string, string>>;
}[] = [
  {
    part: 'complexity',
    title: 'Passwords',
    labels: {
      minLength: 'Characters at least',
      minLowerCase: 'Small letters at least',
      minUpperCase: 'Capitals at least',
      minNumber: 'Digits at least',
      minSymbol: 'Symbols at least',
      excludeUsername: 'Not a part of the login',
    },
  },
  {
    part: 'age',
    title: 'Age of passwords',
    labels: {
      maxAgeDays: 'Expire after days (0: never)',
      expireWarnDays: 'Warn days before',
      minAgeMinutes: 'May be changed after minutes',
      historyCount: 'Old passwords that may not come back',
    },
  },
  {
    part: 'lockout',
    title: 'Lockout',
    labels: {
      maxAttempts: 'Lock after wrong passwords (0: never)',
      autoUnlockMinutes: 'Unlock after minutes (0: by an administrator)',
      showLockoutFailures: 'Tell people that they are locked out',
    },
  },
  {
    part: 'recovery',
    title: 'Recovery',
    labels: {
      email: 'By mail',
      sms: 'By text',
      call: 'By call',
      question: 'Ask the recovery question',
      selfServiceUnlock: 'People may unlock themselves',
      emailTokenMinutes: 'Links in mails work for minutes',
      questionMinLength: 'Answers have characters at least',
    },
  },
  {
    part: 'signOnPolicy',
    title: 'Sign-on',
    labels: {
      sessionLifetimeMinutes: 'Sessions last minutes',
      sessionIdleMinutes: 'Unused sessions end after minutes',
      rememberDeviceMinutes: 'Remember a device for minutes (0: never)',
      rememberDeviceByDefault: 'Remember devices unless told otherwise',
      numberChallenge: 'Pushes ask to pick a number',
    },
  },
];

/** Security › Settings: what kind of org it is, its password policy and its sign-on policy. */
export const settings: ConsolePage = {
  path: '/settings',
  title: 'Settings',

  async show(visit) {
    const { answer } = await visit.call(localOperations.getSettings);
    const parts: Parts = { ...answer.passwordPolicy, signOnPolicy: answer.signOnPolicy };
    return (
      <>
        <h1>Settings</h1>
        <p>What kind of org it is, and its policies, which count from the next sign-in on.</p>
        <KindOfOrg visit={visit} features={answer.features} />
        <SecondFactor visit={visit} policy={answer.signOnPolicy} />
        <Factors visit={visit} policy={answer.signOnPolicy} />
        {FORMS.map(({ part, title, labels }) => (
          <Part visit={visit} action={part} title={title}>
            {Object.entries(labels).map(([name, label]) => (
              <Value
                name={name}
                label={label}
                value={(parts[part] as Readonly<Record<string, unknown>>)[name]}
              />
            ))}
          </Part>
        ))}
      </>
    );
  },

  actions: {
    ...Object.fromEntries(
      FORMS.map(({ part, labels }) => [
        part,
        async ({ form, call }: Visit) => {
          const { answer } = await call(localOperations.getSettings);
          const parts: Parts = { ...answer.passwordPolicy, signOnPolicy: answer.signOnPolicy };
          const values = readValues(form, Object.keys(labels), parts[part]);
          await call(localOperations.updateSettings, {
            body: part === 'signOnPolicy' ? { signOnPolicy: values } : { passwordPolicy: { [part]: values } },
          });
          return { done: 'Saved the settings.' };
        },
      ]),
    ),

    async features({ form, call }) {
      const edition = EDITIONS.find(([value]) => value === form.text('edition'))?.[0];
      const features = { governance: form.isOn('governance'), ...(edition && { edition }) };
      await call(localOperations.updateSettings, { body: { features } });
      return { done: 'Saved the settings.' };
    },

    async factors({ form, call }) {
      const keys = factorTypes.map(keyOf);
      const factors = keys.filter((key) => form.text(key) !== 'no');
      const requiredFactors = keys.filter((key) => form.text(key) === 'required');
      await call(localOperations.updateSettings, { body: { signOnPolicy: { factors, requiredFactors } } });
      return { done: 'Saved the settings.' };
    },

    async secondFactor({ form, call }) {
      const mfa = MFA.find(([value]) => value === form.text('mfa'))?.[0];
      const enrollment = ENROLLMENT.find(([value]) => value === form.text('enrollment'))?.[0];
      const mfaGroupIds = [...form.all('mfaGroupIds')];
      await call(localOperations.updateSettings, {
        body: { signOnPolicy: { mfaGroupIds, ...(mfa && { mfa }), ...(enrollment && { enrollment }) } },
      });
      return { done: 'Saved the settings.' };
    },
  },
};

const OFFERS = [
  ['no', 'is not offered'],
  ['optional', 'may be enrolled'],
  ['required', 'has to be enrolled'],
] as const;

function Factors({ visit, policy }: { readonly visit: Visit; readonly policy: Settings['signOnPolicy'] }) {
  const offerOf = (key: string): (typeof OFFERS)[number][0] => {
    if (policy.requiredFactors.includes(key)) return 'required';
    return policy.factors.includes(key) ? 'optional' : 'no';
  };
  return (
    <Part visit={visit} action="factors" title="Factors">
      {factorTypes.map(keyOf).map((key) => (
        <Choice name={key} label={key} value={offerOf(key)} options={OFFERS} />
      ))}
    </Part>
  );
}

const EDITIONS = [
  ['oie', 'Identity Engine'],
  ['classic', 'Classic'],
] as const;

function KindOfOrg({ visit, features }: { readonly visit: Visit; readonly features: Settings['features'] }) {
  return (
    <Part visit={visit} action="features" title="Kind of org">
      <Choice name="edition" label="Okta’s engine" value={features.edition} options={EDITIONS} />
      <Check
        name="governance"
        label="Identity Governance: realms and owners of groups"
        checked={features.governance}
      />
    </Part>
  );
}

const MFA = [
  ['never', 'Nobody'],
  ['always', 'Everybody'],
  ['groups', 'Members of the groups below'],
] as const;

const ENROLLMENT = [
  ['required', 'have to enrol one'],
  ['optional', 'may skip it'],
  ['none', 'are not asked'],
] as const;

async function SecondFactor({
  visit,
  policy,
}: {
  readonly visit: Visit;
  readonly policy: Settings['signOnPolicy'];
}) {
  const { answer: groups } = await visit.call(operations.groups.listGroups, { query: { limit: '200' } });
  return (
    <Part visit={visit} action="secondFactor" title="Second factor">
      <Choice name="mfa" label="Who is asked for one" value={policy.mfa} options={MFA} />
      <Choice name="enrollment" label="People without one" value={policy.enrollment} options={ENROLLMENT} />
      <fieldset>
        <legend>Groups</legend>
        {groups.map(({ id, profile }) => (
          <label class="check">
            <input type="checkbox" name="mfaGroupIds" value={id} checked={policy.mfaGroupIds.includes(id)} />{' '}
            {profile.name}
          </label>
        ))}
      </fieldset>
    </Part>
  );
}

/** A part of the settings that is saved by itself. */
function Part({
  visit,
  action,
  title,
  children,
}: PropsWithChildren<{ readonly visit: Visit; readonly action: string; readonly title: string }>) {
  return (
    <section aria-labelledby={action}>
      <h2 id={action}>{title}</h2>
      <ActionForm visit={visit} action={action} label={title} className="fields">
        {children}
        <button class="primary">Save</button>
      </ActionForm>
    </section>
  );
}

function Value({
  name,
  label,
  value,
}: {
  readonly name: string;
  readonly label: string;
  readonly value: unknown;
}) {
  if (typeof value === 'boolean') return <Check name={name} label={label} checked={value} />;
  return <Field name={name} label={label} type="number" min={0} value={Number(value)} required />;
}

/** What a form says of a part, each value in the kind that it has now. */
function readValues(form: Form, names: readonly string[], before: object): Record<string, number | boolean> {
  return Object.fromEntries(
    Object.entries(before)
      .filter(([name]) => names.includes(name))
      .map(([name, value]) => [
        name,
        typeof value === 'boolean' ? form.isOn(name) : (form.number(name) ?? 0),
      ]),
  );
}

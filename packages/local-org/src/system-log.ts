import { legacyEventType, type LogEventDefinition, logEvents, type LogEventType } from '@castellan/okta-api';
import type { Caller } from './handling.ts';
import type { Json, LogRecord } from './store/records.ts';

export interface LogTarget {
  readonly id: string;
  /** `User`, `UserGroup`, `AppInstance`, `AppUser`, `Token`, `GroupRule`, … */
  readonly type: string;
  readonly alternateId: string;
  readonly displayName: string;
  readonly detailEntry?: Json;
}

/** What a handler tells about one event; everything around it is filled in from the request. */
export interface LogEntry {
  readonly eventType: string;
  readonly displayMessage: string;
  readonly legacyEventType?: string;
  readonly severity?: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
  readonly outcome?: { readonly result: string; readonly reason?: string };
  readonly targets?: readonly LogTarget[];
  readonly debugData?: Readonly<Record<string, string>>;
  /** Somebody else than the caller: a user who signs in, a job of the org. */
  readonly actor?: LogTarget;
}

/** An entry of a known event type, with the words, severity and v1 name that okta-api has for it. */
export function toEntry(
  type: LogEventType,
  more: Pick<LogEntry, 'outcome' | 'targets' | 'debugData' | 'actor'> = {},
): LogEntry {
  const { displayMessage, severity }: LogEventDefinition = logEvents[type];
  const legacy = legacyEventType(type, more.outcome);
  return {
    eventType: type,
    displayMessage,
    severity: more.outcome?.result === 'FAILURE' && severity === 'INFO' ? 'WARN' : severity,
    ...(legacy === undefined ? {} : { legacyEventType: legacy }),
    ...more,
  };
}

/** The circumstances of the request that an event belongs to. */
export interface LogCircumstances {
  readonly uuid: string;
  readonly now: number;
  readonly requestId: string;
  readonly requestUri: string;
  readonly caller: Caller;
}

/** One LogEvent with all keys that System Log always answers (system-log#attributes). */
export function toLogRecord(entry: LogEntry, around: LogCircumstances): LogRecord {
  const { caller } = around;
  const place = { city: null, state: null, country: null, postalCode: null, geolocation: null };
  return {
    id: around.uuid,
    published: around.now,
    event: {
      actor: actorOf(entry, caller),
      client: {
        userAgent: { rawUserAgent: caller.userAgent, os: 'Unknown', browser: 'UNKNOWN' },
        zone: 'null',
        device: 'Unknown',
        id: null,
        ipAddress: caller.ip,
        geographicalContext: place,
      },
      device: null,
      authenticationContext: {
        authenticationProvider: null,
        credentialProvider: null,
        credentialType: null,
        issuer: null,
        interface: null,
        authenticationStep: 0,
        externalSessionId:
          caller.session?.id ?? (caller.token ? `trs${around.requestId.slice(0, 22)}` : null),
      },
      displayMessage: entry.displayMessage,
      eventType: entry.eventType,
      outcome: { result: entry.outcome?.result ?? 'SUCCESS', reason: entry.outcome?.reason ?? null },
      published: new Date(around.now).toISOString(),
      securityContext: { asNumber: null, asOrg: null, isp: null, domain: null, isProxy: null },
      severity: entry.severity ?? 'INFO',
      debugContext: {
        debugData: { requestId: around.requestId, requestUri: around.requestUri, ...entry.debugData },
      },
      legacyEventType: entry.legacyEventType ?? null,
      transaction: {
        type: 'WEB',
        id: around.requestId,
        detail: caller.token ? { requestApiTokenId: caller.token.id } : {},
      },
      uuid: around.uuid,
      version: '0',
      request: { ipChain: [{ ip: caller.ip, geographicalContext: place, version: 'V4', source: null }] },
      target: entry.targets ? entry.targets.map(toJson) : null,
    },
  };
}

function actorOf(entry: LogEntry, caller: Caller): Json {
  if (entry.actor) return toJson(entry.actor);
  const user = caller.user;
  if (!user) return toJson({ id: 'unknown', type: 'User', alternateId: 'unknown', displayName: 'unknown' });
  return toJson({
    id: user.id,
    type: 'User',
    alternateId: String(user.profile.login),
    displayName: `${String(user.profile.firstName)} ${String(user.profile.lastName)}`,
  });
}

function toJson(target: LogTarget): Json {
  return {
    id: target.id,
    type: target.type,
    alternateId: target.alternateId,
    displayName: target.displayName,
    detailEntry: target.detailEntry ?? null,
  };
}

import { legacyEventType, type LogEventDefinition, logEvents, type LogEventType } from '@castellan/okta-api';
import type { Caller } from './handling.ts';
import type { Json, LogEntry, LogRecord, LogTarget } from './store/records.ts';

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

/** What is kept of an event. */
export function toLogRecord(entry: LogEntry, around: LogCircumstances): LogRecord {
  const { caller } = around;
  return {
    id: around.uuid,
    published: around.now,
    entry,
    actor: actorOf(entry, caller),
    requestId: around.requestId,
    requestUri: around.requestUri,
    ip: caller.ip,
    userAgent: caller.userAgent,
    sessionId: caller.session?.id,
    tokenId: caller.token?.id,
  };
}

const NOWHERE = { city: null, state: null, country: null, postalCode: null, geolocation: null };

/** One LogEvent with all keys that System Log always answers (system-log#attributes). */
export function toLogEvent(record: LogRecord): Readonly<Record<string, Json>> {
  const { entry, ip, requestId, sessionId, tokenId } = record;
  return {
    actor: toJson(record.actor),
    client: {
      userAgent: { rawUserAgent: record.userAgent, os: 'Unknown', browser: 'UNKNOWN' },
      zone: 'null',
      device: 'Unknown',
      id: null,
      ipAddress: ip,
      geographicalContext: NOWHERE,
    },
    device: null,
    authenticationContext: {
      authenticationProvider: null,
      credentialProvider: null,
      credentialType: null,
      issuer: null,
      interface: null,
      authenticationStep: 0,
      externalSessionId: sessionId ?? (tokenId === undefined ? null : `trs${requestId.slice(0, 22)}`),
    },
    displayMessage: entry.displayMessage,
    eventType: entry.eventType,
    outcome: { result: entry.outcome?.result ?? 'SUCCESS', reason: entry.outcome?.reason ?? null },
    published: new Date(record.published).toISOString(),
    securityContext: { asNumber: null, asOrg: null, isp: null, domain: null, isProxy: null },
    severity: entry.severity ?? 'INFO',
    debugContext: { debugData: { requestId, requestUri: record.requestUri, ...entry.debugData } },
    legacyEventType: entry.legacyEventType ?? null,
    transaction: {
      type: 'WEB',
      id: requestId,
      detail: tokenId === undefined ? {} : { requestApiTokenId: tokenId },
    },
    uuid: record.id,
    version: '0',
    request: { ipChain: [{ ip, geographicalContext: NOWHERE, version: 'V4', source: null }] },
    target: entry.targets ? entry.targets.map(toJson) : null,
  };
}

function actorOf(entry: LogEntry, { user }: Caller): LogTarget {
  if (entry.actor) return entry.actor;
  if (!user) return { id: 'unknown', type: 'User', alternateId: 'unknown', displayName: 'unknown' };
  return {
    id: user.id,
    type: 'User',
    alternateId: String(user.profile.login),
    displayName: `${String(user.profile.firstName)} ${String(user.profile.lastName)}`,
  };
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

import './surroundings.ts';
import ajv from 'ajv';
import assert from 'assert';
import buffer from 'buffer';
import * as chai from 'chai';
import cheerio from 'cheerio';
import cryptoJs from 'crypto-js';
import csvParse from 'csv-parse/lib/sync';
import events from 'events';
import lodash from 'lodash';
import moment from 'moment';
import path from 'path';
import collection from 'postman-collection';
import punycode from 'punycode';
import querystring from 'querystring';
import stream from 'stream';
import stringDecoder from 'string_decoder';
import tv4 from 'tv4';
import url from 'url';
import util from 'util';
import * as uuid from 'uuid';
import xml2js from 'xml2js';
import { useValidator } from './assertions.ts';
import { createEntry } from './main.ts';

const v4 = Object.assign((...values: readonly unknown[]) => uuid.v4(...values), uuid);

useValidator(ajv);
globalThis.__entry = createEntry({
  ajv,
  assert,
  atob: globalThis.atob,
  btoa: globalThis.btoa,
  buffer,
  chai,
  cheerio,
  'crypto-js': cryptoJs,
  'csv-parse/lib/sync': csvParse,
  events,
  lodash,
  moment,
  path,
  'postman-collection': collection,
  punycode,
  querystring,
  stream,
  'string-decoder': stringDecoder,
  timers: { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate },
  tv4,
  url,
  util,
  uuid: v4,
  xml2js,
});

import './surroundings.js';
import ajv from 'ajv';
import assert from 'assert';
import buffer from 'buffer';
import chai from 'chai';
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
import { start } from './main.js';

const v4 = Object.assign((...values) => uuid.v4(...values), uuid);

globalThis.__entry = start({
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

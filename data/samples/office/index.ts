import type {Office} from "../kit/office.ts";
import {gongzhuling} from "./gongzhuling/index.ts";
import {hainan} from "./hainan/index.ts";
import {hunan} from "./hunan/index.ts";
import {mudan} from "./mudan/index.ts";
import {shandong} from "./shandong/index.ts";

/** The offices of the samples. */
export const OFFICES: readonly Office[] = [mudan, hunan, shandong, gongzhuling, hainan];

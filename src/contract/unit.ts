import {column, notBefore, oneOf, open, required, table} from "./column.ts";

export const unit = table(
  "unit",
  "单位",
  [
    column("unit_code", "单位编码", "code", {...open, ...required}),
    column("unit_name", "单位名称", "text", {...open, ...required}),
    oneOf("unit_kind", "单位类别", ["设区市", "市州", "市县", "县区", "镇街", "园区", "功能区", "部门", "单位", "企业"], {
      ...open,
      ...required
    }),
    column("parent_code", "上级编码", "code", open),
    column("managed_by", "托管单位编码", "code", open),
    column("successor_code", "承继单位编码", "code", open),
    column("peer_group", "考核分组", "text", open),
    column("sort_order", "排序", "integer", open),
    column("valid_from", "启用日期", "date", {...open, fallback: "0001-01-01"}),
    column("valid_to", "停用日期", "date", open),
    column("exposure", "监管对象数", "integer", open),
    column("tile_col", "网格列", "integer", open),
    column("tile_row", "网格行", "integer", open)
  ],
  ["unit_code", "valid_from"],
  {checks: [notBefore("valid_from", "valid_to", "停用日期早于启用日期")]}
);

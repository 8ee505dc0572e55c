"""The one workbook with every ugliness at once, as a clerk might hand it over."""
import re

import uno

from office import Shown, patch

DAY = "YYYY-MM-DD"
NAME = "东关镇2025年第三季度问题台账（演示数据）"


def everything(office):
    book = office.book()
    book.sheet("填报说明").rows([["填报说明"], ["一、本表由各组填报，演示数据。"], ["二、编号用文本。"]])
    sheet = book.sheet("问题台账")
    book.sheet("单位").rows([["单位简称", "编码"], ["东关镇", "990101"], ["西关镇", "990102"]])
    head(sheet)
    body(sheet)
    tail(sheet)
    clothes(book, sheet)
    old = book.sheet("二季度（旧）").rows([["问题编号", "责任单位编码", "问题层面", "巡查内容", "严重程度", "问题描述", "发现日期"]])
    old.rows([["OLD-1", "990101", "企业", "6", "一般", "旧台账", "2025-05-03"]], 2)
    old.sheet.IsVisible = False
    book.save("everything.xlsx")
    bare = lambda xml: re.sub(r'(<c r="J15"[^>]*>)(<f[^>]*>[^<]*</f>)<v>[^<]*</v>', r"\1\2", xml)
    false = lambda xml: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1"', xml)
    patch("everything.xlsx", {"xl/worksheets/sheet2.xml": lambda xml: false(bare(xml))})


def head(sheet):
    """The table starts at row 5, column C, under a title and a line of notes; its header has three rows."""
    sheet.rows([[NAME], ["填报单位：东关镇人民政府      截止：2025年9月30日      单位：个、万元"]], 2, 2)
    sheet.rows(
        [
            ["序号", "巡查编号", "问题\n编号", "问题基本情况", None, None, None, None, "时限要求", None, "整改\n资金\n（万元）", "立即整改", "举报人\n电话", "备注"],
            [None, None, None, "归属", None, "内容", None, None, "发现\n日期", "整改\n期限"],
            [None, None, None, "责任单位\n编码", "问题\n层面", "巡查\n内容", "严重\n程度", "问题描述"],
        ],
        5,
        2,
    )
    whole = [f"{letter}5:{letter}7" for letter in "CDEMNOP"]
    sheet.merge("C2:P2", "C3:P3", "F5:J5", "F6:G6", "H6:J6", "K5:L5", "K6:K7", "L6:L7", *whole)


def body(sheet):
    """Rows 8 to 32: see everything.yaml for what must become of each."""
    line = lambda n, number, text, found, due, fund=None, now=None, unit="990101", item="6", grade="一般", note=None: [
        n, "XC-01", number, unit, "企业", item, grade, text, found, due, fund, now, None, note
    ]
    sheet.text("E8:E40").text("F8:F40")
    sheet.rows(
        [
            line(1, "W-001", "灭火器过期", Shown(45719, DAY), Shown(45750, 'YYYY"年"M"月"D"日"'), 1.5, "是"),
            line(2, "W-002", "应急通道\n堆放杂物", "2025年3月4日", "2025.4.4", 2, "否"),
            line(3, "W-003", "配电箱无盖", "20250305", "2025/4/5", "３．５", "√"),
            line(4, "Ｗ－００４", "𠮷祥里㐂庆巷🚧围挡缺失", 45721, None, Shown(4, '0"万元"'), "×"),
            line("小计", None, None, None, None, "=SUM(M8:M11)"),
            line(5, "W-005", "本季合计三处电线裸露", "２０２５年３月６日", "无", "/", None),
            line(6, "W-006", '=CONCATENATE("消防栓";"被遮挡")', Shown("=DATE(2025;3;7)", DAY), Shown("=K14+31", DAY), "=1+1", None),
            line(7, "W-007", '="无"&"结果"', "2025-03-08", None),
            line(8, "W-008", "资金出错", "2025-03-09", None, "=1/0"),
            line(9, "W-009", "单位查不到", "2025-03-10", None, None, None, '=VLOOKUP("无此镇";$单位.A1:B3;2;0)'),
            line(10, "W-010", "单位由查表得来", "2025-03-11", None, None, None, '=VLOOKUP("西关镇";$单位.A1:B3;2;0)'),
            line(11, "W-011", "日期不存在", "2025-02-30", None),
            line(12, "W-012", "期限早于发现", "2025-03-12", "2025-03-01"),
            line(13, "W-013", "同一编号两次", "2025-03-13", None),
            line(14, "W-013", "同一编号两次，内容不同", "2025-03-13", None),
            line(15, "W-015", "完全重复", "2025-03-14", None),
            line(15, "W-015", "完全重复", "2025-03-14", None),
            line(16, "W-016", "严重程度另一说法", "2025-03-15", None, grade="较重"),
            line(17, "W-017", "百分比文本", "2025-03-16", None, "85%"),
            line(18, "W-018", "隐藏行里的问题", "2025-03-17", None),
            line(19, "W-019", "右左\u202e颠倒", "2025-03-18", None),
            ["序号", "巡查编号", "问题编号", "责任单位编码", "问题层面", "巡查内容", "严重程度", "问题描述", "发现日期", "整改期限"],
            line(20, "W-020", "整改由上一行合并单元格说明", "2025-03-19", "2025-04-19"),
            line(21, "W-021", "其单位编码在合并单元格里", "2025-03-19", None),
            line(22, "W-022", "=HYPERLINK(\"http://example.invalid\";\"点此\")", "2025-03-20", None),
            line(23, "W-023", "富文本：红字", "2025-03-21", None, note="见 13812345678（演示）"),
        ],
        8,
        2,
    )
    sheet.at("F31").String = ""
    sheet.merge("F30:F31", "L30:L31")
    sheet.hide_rows(27)


def tail(sheet):
    sheet.rows([["合　计", None, None, None, None, None, None, "23项", None, None, "=SUM(M8:M33)"]], 34, 2)
    sheet.rows([["注：1.资金为计划数；2.本表为演示数据。"], ["单位负责人：张三", None, None, "审核人：李四", None, None, None, "填表人：王五"]], 36, 2)
    sheet.at("C40:AA240").CellBackColor = 0xFFFFEE


def clothes(book, sheet):
    """Rich text, notes, lists, a rule of colours, a box, a filter, hidden columns, print titles."""
    cursor = sheet.at("J33").createTextCursor()
    cursor.gotoStart(False)
    cursor.goRight(3, True)
    cursor.CharColor = 0xCC0000
    sheet.note("J8", "批注：已现场拍照")
    valid = sheet.at("I8:I40").Validation
    valid.Type = uno.Enum("com.sun.star.sheet.ValidationType", "LIST")
    valid.setFormula1('"一般";"较大";"重大"')
    sheet.at("I8:I40").Validation = valid
    box = book.document.createInstance("com.sun.star.drawing.RectangleShape")
    sheet.sheet.DrawPage.add(box)
    box.String = "请于每季度首月5日前报送"
    filters = book.document.DatabaseRanges
    filters.addNewByName("筛选", sheet.at("C7:P33").RangeAddress)
    filters.getByName("筛选").AutoFilter = True
    sheet.hide_columns("N")
    sheet.sheet.setTitleRows(sheet.at("A5:P7").RangeAddress)

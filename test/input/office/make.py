#!/usr/bin/python3
"""Makes the workbooks of this folder with LibreOffice, all text invented (演示数据): python3 make.py [NAME…]

Each has an expectation of the same name beside it (.yaml), written by hand. What LibreOffice cannot write is patched into its
file afterwards: very hidden sheets, formulas without result, phonetic guides, strict namespaces, a false dimension, a macro.
"""
import os
import re
import sys
import zipfile

import uno
from com.sun.star.util import Date

from everything import everything
from office import Office, Shown, patch

HERE = os.path.dirname(os.path.abspath(__file__))
HEAD = ["巡查编号", "问题编号", "责任单位编码", "问题层面", "巡查内容", "严重程度", "问题描述", "发现日期", "整改期限", "整改资金(万元)"]
DAY = "YYYY-MM-DD"


def row(number, text="灭火器过期", found="2025-03-03", due="2025-04-03", fund=None, unit="990101", inspection="XC-01"):
    return [inspection, number, unit, "企业", "6", "一般", text, found, due, fund]


def heads(office):
    """Three header rows with groups, titles and notes above, totals between and below, signatures, print titles in the data."""
    book = office.book()
    sheet = book.sheet("问题台账")
    sheet.rows([["牡丹区安全生产巡查问题台账（演示数据）"], ["填报单位：东关镇        填报日期：2025年6月30日        单位：个、万元"]])
    sheet.rows(
        [
            ["序号", "巡查编号", "问题\n编号", "问题情况", None, None, None, None, "时间", None, "整改资金\n（万元）"],
            [None, None, None, "责任单位", None, "问题内容", None, None, "发现\n日期", "整改\n期限"],
            [None, None, None, "责任单位\n编码", "问题层面", "巡查 内容", "严重\n程度", "问题描述"],
        ],
        3,
    )
    sheet.merge("A1:K1", "A2:K2", "A3:A5", "B3:B5", "C3:C5", "D3:H3", "D4:E4", "F4:H4", "I3:J3", "I4:I5", "J4:J5", "K3:K5")
    line = lambda n, number, text, fund: [n, "XC-01", number, "990101", "企业", "6", "一般", text, "2025-03-03", "2025-04-03", fund]
    sheet.rows([line(1, "W-01", "灭火器过期", 1.5), line(2, "W-02", "应急通道堆放杂物", 2)], 6)
    sheet.rows([["小计", None, None, None, None, None, None, "2项", None, None, "=SUM(K6:K7)"]], 8)
    repeated = ["序号", "巡查编号", "问题编号", "责任单位编码", "问题层面", "巡查内容", "严重程度", "问题描述", "发现日期", "整改期限", "整改资金(万元)"]
    sheet.rows([repeated, line(3, "W-03", "合计三处电线裸露", 3), ["合  计", None, None, None, None, None, None, "3项", None, None, 6.5]], 9)
    sheet.rows([["注：资金为计划数。"], ["审核人：张三（演示）", None, None, None, "填表人：李四（演示）"]], 13)
    sheet.sheet.setTitleRows(sheet.at("A3:K5").RangeAddress)
    book.document.CurrentController.freezeAtPosition(3, 5)
    book.save("heads.xlsx")


def merges(office):
    """Merged data cells: down, across, both ways, over a key, over dates."""
    book = office.book()
    sheet = book.sheet("问题").rows([HEAD])
    sheet.rows([row("W-01"), row("W-02", "配电箱无盖"), row("W-03", "无台账")], 2)
    sheet.rows([row("W-04", "两行合并的编号"), row(None, "同一编号的第二行")], 5)
    sheet.rows([row("W-06", "横向合并")], 7)
    sheet.rows([row("W-07", "两行高的一条")], 8)
    sheet.rows([row("W-08", "纵横合并", unit="990102"), row("W-09", "纵横合并之下")], 10)
    for reference in ["A2:A4", "C2:C4", "F2:F4", "H2:H4"]:
        sheet.merge(reference)
    sheet.merge("B5:B6", "G7:I7", "C10:D11")
    for letter in "ABCDEFGHIJ":
        sheet.merge(f"{letter}8:{letter}9")
    book.save("merges.xlsx")


def hidden(office):
    """Hidden rows, filtered rows, hidden columns, a hidden and a very hidden sheet."""
    book = office.book()
    sheet = book.sheet("问题").rows([HEAD, *[row(f"W-0{n}", f"第{n}条") for n in range(1, 7)]])
    sheet.hide_rows(3).hide_columns("J", "I")
    area = sheet.at("A1:J7")
    filters = book.document.DatabaseRanges
    filters.addNewByName("筛选", area.RangeAddress)
    filters.getByName("筛选").AutoFilter = True
    sheet.hide_rows(5, 6)
    for name in ["旧台账", "底稿"]:
        other = book.sheet(name).rows([HEAD, row("X-01")])
        other.sheet.IsVisible = False
    book.save("hidden.xlsx")
    patch("hidden.xlsx", {"xl/workbook.xml": lambda xml: re.sub(r'(name="底稿"[^>]*state=")hidden', r"\1veryHidden", xml)})


def formulas(office):
    """Formulas with their results, one without, and error cells."""
    book = office.book()
    sheet = book.sheet("问题").rows([HEAD])
    book.sheet("单位").rows([["东关镇", "990101"], ["西关镇", "990102"], ["南关镇", "990103"]])
    sheet.rows([row("W-01", '=CONCATENATE("灭火器";"过期")', Shown("=DATE(2025;3;3)", DAY), Shown("=H2+31", DAY), "=1+0.5")], 2)
    sheet.rows([row('="W-"&TEXT(2;"00")', '=TEXT(H3;"m月d日")&"检查"', Shown("=DATE(2025;3;4)", "M月D日"), unit="=VLOOKUP(\"东关镇\";$单位.A1:B3;2;0)")], 3)
    sheet.rows([row("W-03", unit='=VLOOKUP("无此镇";$单位.A1:B3;2;0)')], 4)
    sheet.rows([row("W-04", fund="=1/0")], 5)
    sheet.rows([row("W-05", "结果没有保存", fund="=2+2")], 6)
    sheet.rows([row("W-06", "无关的列有错误值"), ], 7)
    sheet.rows([["今天"], ["=TODAY()"], [None], [None], [None], [None], ["=1/0"]], 1, 10)
    sheet.rows([row('=IF(1=1;"";1)', '=""', '=""', '=""', unit='=""', inspection='=""')], 8)
    for letter in "DEF":
        sheet.at(f"{letter}8").Formula = '=""'
    sheet.rows([row("W-08", "引用已删", fund="=L1")], 9)
    sheet.sheet.Columns.removeByIndex(11, 1)
    book.save("formulas.xlsx")
    bare = lambda xml: re.sub(r'(<c r="J6"[^>]*>)(<f[^>]*>[^<]*</f>)<v>[^<]*</v>', r"\1\2", xml)
    patch("formulas.xlsx", {"xl/worksheets/sheet1.xml": bare})


def numbers(office):
    """Numbers as text and text as numbers, codes, padding, percentages, money, units."""
    book = office.book()
    sheet = book.sheet("问题").rows([HEAD])
    sheet.text("B2:B4").text("J4")
    sheet.rows([row("001", unit="990101"), row("371702000000", unit=990101), row("371702199001010012", unit=Shown(101, "000000"), fund="12")], 2)
    sheet.rows([row(371702000001), row(371702199001010012), row("Ｗ－０６", unit="９９０１０１", fund="１２．５")], 5)
    sheet.rows([row("W-07", "百分比格式", fund=Shown(0.85, "0%")), row("W-08", "百分比文本", fund="85%")], 8)
    sheet.rows([row("W-09", "货币", fund=Shown(1234.5, "￥#,##0.00")), row("W-10", "带单位", fund=Shown(12, '0"万元"'))], 10)
    sheet.rows([row(Shown(11, '"W-"0000'), "编号带前缀格式"), row("W-12", Shown(12, "0000")), row("W-13", 6.1, fund=0.1 + 0.2)], 12)
    sheet.rows([row("W-14", "科学计数", unit="9.90101E+05"), row("W-15", "千分位文本", fund="1,234.5"), row("W-16", "负数", fund=Shown(-3, "0;[RED]0"))], 15)
    sheet.rows([row("W-17", "斜杠与无", due="/", fund="无"), row("W-18", "=TRUE()", fund=Shown(12345678901, "0.00E+00"))], 18)
    book.save("numbers.xlsx")


def days(name, null=None):
    """Every form of a date; with another first day of counting, too."""

    def make(office):
        book = office.book()
        if null:
            book.document.NullDate = uno_date(*null)
        sheet = book.sheet("问题").rows([HEAD])
        shift = 0 if null is None else 1462
        day = lambda serial, code: Shown(serial - shift, code)
        codes = [DAY, 'YYYY"年"M"月"D"日"', "YYYY/M/D", "M月D日", '[$-804]AAAA', 'EE"年"M"月"D"日"', "MM-DD", "D-MMM-YY", "[DBNum1][$-804]YYYY年M月D日", "YYYY-MM-DD HH:MM"]
        sheet.rows([row(f"D-{n:02}", code, day(45719, code)) for n, code in enumerate(codes, 1)], 2)
        texts = ["2025年3月3日", "2025.3.3", "2025/03/03", "20250303", "２０２５－０３－０３", "2025-03-03 00:00:00", " 2025年03月03日 ", "25.3.3", "2025年3月", "2025-02-30", "3月3日", "2025年3月3日上午"]
        sheet.rows([row(f"T-{n:02}", text, text) for n, text in enumerate(texts, 1)], 12)
        sheet.rows([row("N-01", "未设格式的天数", 45719 - shift), row("N-02", "八位数字", 20250303), row("N-03", "带时刻", day(45719.5, "YYYY-MM-DD HH:MM"))], 24)
        sheet.rows([row("N-04", "只有时刻", Shown(0.5, "HH:MM")), row("N-05", "不存在的天", Shown(-3, DAY)), row("N-06", "月和年", Shown(2025.3, "0.0"))], 27)
        sheet.rows([row(Shown(45719 - shift, "M-D"), "编号成了日期")], 30)
        book.save(f"{name}.xlsx")

    return make


def uno_date(year, month, day):
    return Date(day, month, year)


def texts(office):
    """Rich text, phonetic guides, links, comments, lists, colours by rule, pictures and boxes, rare and invisible characters."""
    book = office.book()
    sheet = book.sheet("问题").rows([HEAD])
    said = ["红字已改", "有注音", "有链接：", "第一行\n第二行\t制表", "本季合计：3处未整改", "𠮷祥里㐂庆巷🚧围挡缺失", "右左\u202e文字", "零宽\u200b字符", "=1+1 不是公式", "+86 @某单位 -1"]
    sheet.rows([row(f"W-{n:02}", None) for n in range(1, len(said) + 1)], 2)
    for n, text in enumerate(said, 2):
        sheet.at(f"G{n}").String = text
    cursor = sheet.at("G2").createTextCursor()
    cursor.gotoStart(False)
    cursor.goRight(2, True)
    cursor.CharColor = 0xCC0000
    cursor.CharWeight = 150.0
    field = book.document.createInstance("com.sun.star.text.TextField.URL")
    field.URL, field.Representation = "http://example.invalid/a?b=1", "见网页"
    link = sheet.at("G4")
    link.insertTextContent(link.createTextCursorByRange(link.End), field, False)
    sheet.note("G5", "批注：请核对").note("A1", "批注里的 秘密 二字不作数？请见说明")
    valid = sheet.at("F2:F20").Validation
    valid.Type = uno.Enum("com.sun.star.sheet.ValidationType", "LIST")
    valid.setFormula1('"一般";"较大";"重大"')
    sheet.at("F2:F20").Validation = valid
    box = book.document.createInstance("com.sun.star.drawing.RectangleShape")
    sheet.sheet.DrawPage.add(box)
    box.String = "文本框：请于月底前报送"
    book.save("texts.xlsx")
    spell = lambda xml: xml.replace("有注音</t>", '有注音</t><rPh sb="0" eb="1"><t>yǒu</t></rPh>')
    patch("texts.xlsx", {"xl/sharedStrings.xml": spell})


def place(office):
    """A table from D30 on, formatted rows and columns far beyond it, and a dimension that lies."""
    book = office.book()
    sheet = book.sheet("问题").rows([HEAD, row("W-01"), row("W-02", "第二条")], 30, 3)
    sheet.at("D33:M232").CellBackColor = 0xFFFFCC
    sheet.at("N30:HA32").CellBackColor = 0xFFFFCC
    sheet.rows([["审核：王五（演示）"]], 240, 3)
    book.save("place.xlsx")
    patch("place.xlsx", {"xl/worksheets/sheet1.xml": lambda xml: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:A1"', xml)})


def sheets(office):
    """Two sheets of the same table, one of another, one of notes."""
    book = office.book()
    book.sheet("填报说明").rows([["一、每周五前填报。"], ["二、编号不得重复。"]])
    book.sheet("一组").rows([HEAD, row("A-01"), row("A-02", "无台账")])
    book.sheet("二组").rows([["二组问题"], HEAD, row("B-01"), row("A-01", "编号与一组重复")])
    book.sheet("单位").rows([["单位编码", "单位名称", "单位类别"], ["990101", "东关镇", "镇街"]])
    book.save("sheets.xlsx")


def variants(office):
    """One small table in other clothes: strict, inline texts, macro, old Excel, encrypted, OpenDocument."""

    def plain():
        book = office.book()
        book.sheet("问题").rows([HEAD, row("W-01", "第一条", Shown(45719, DAY)), row("W-02", "第二条")])
        return book

    plain().save("strict.xlsx")
    spaces = {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
    }

    def strict(xml):
        for loose, tight in spaces.items():
            xml = xml.replace(loose, tight)
        # Strict workbooks write days as ISO 8601.
        return re.sub(r'(<c r="H2" s="\d+") t="n"><v>45719</v>', r'\1 t="d"><v>2025-03-03</v>', xml)

    patch("strict.xlsx", {"xl/*": strict, "_rels/*": strict})
    plain().save("inline.xlsx")
    inline("inline.xlsx")
    plain().save("macro.xlsm.xlsx")
    types = lambda xml: xml.replace("spreadsheetml.sheet.main+xml", "ms-excel.sheet.macroEnabled.main+xml").replace(
        "application/vnd.openxmlformats-officedocument.ms-excel", "application/vnd.ms-excel"
    )
    patch("macro.xlsm.xlsx", {"[Content_Types].xml": types}, "macro.xlsm", {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 not a real macro"})
    os.remove("macro.xlsm.xlsx")
    plain().save("old.xls")
    plain().save("encrypted.xlsx", password="yanshi")
    plain().save("open.ods")
    plain().save("encrypted.ods", password="yanshi")


def inline(path):
    """Moves the shared texts into the cells, as programs do that write rows one after the other."""
    strings = zipfile.ZipFile(path).read("xl/sharedStrings.xml").decode("utf-8")
    texts = re.findall(r"<si>(.*?)</si>", strings, re.S)
    cell = lambda m: f'<c {m[1]}t="inlineStr"{m[2]}><is>{texts[int(m[3])]}</is></c>'
    patch(path, {"xl/worksheets/sheet1.xml": lambda xml: re.sub(r'<c ([^>]*)t="s"([^>]*)><v>(\d+)</v></c>', cell, xml)})


BOOKS = {
    "heads": heads,
    "merges": merges,
    "hidden": hidden,
    "formulas": formulas,
    "numbers": numbers,
    "dates": days("dates"),
    "dates-1904": days("dates-1904", (1904, 1, 1)),
    "texts": texts,
    "place": place,
    "sheets": sheets,
    "variants": variants,
    "everything": everything,
}

if __name__ == "__main__":
    os.chdir(HERE)
    with Office() as office:
        for name in sys.argv[1:] or BOOKS:
            BOOKS[name](office)

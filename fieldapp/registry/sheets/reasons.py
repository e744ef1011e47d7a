"""Why a sheet is not opened, in a sentence that says what to do about it."""

from fieldapp.words import N_

REASONS = {
    "old_format": N_("这是旧版 Excel（.xls、.xlsb）或 ODS 文件，请另存为 .xlsx 后再导入"),
    "html": N_("这是改了扩展名的网页或 XML 文件，请在 Excel 或 WPS 中打开并另存为 .xlsx 后再导入"),
    "encrypted": N_("文件有打开密码，请取消密码、另存为 .xlsx 后再导入"),
    "macros": N_("文件含有宏，请另存为不含宏的 .xlsx 后再导入"),
    "not_a_sheet": N_("这不是 Excel 或 CSV 表格，请用 .xlsx 文件导入"),
    "empty": N_("文件是空的"),
    "encoding": N_("文件的文字编码无法识别，请另存为 .xlsx 后再导入"),
    "bomb": N_("文件解压后过大，不能打开；请只保留需要的工作表，另存为新的 .xlsx"),
    "declarations": N_("文件含有不应出现的 XML 声明，不能打开；请在 Excel 或 WPS 中另存为新的 .xlsx"),
    "too_large": N_("文件过大，请分成几个文件导入（每个不超过 10 MB）"),
    "too_many_rows": N_("行数过多，请分成几个文件导入（每个不超过 20000 行）"),
    "too_many_columns": N_("列数过多，请只保留名录的列（不超过 60 列）"),
    "cell_too_long": N_("有单元格内容过长（超过 2000 个字），请检查后再导入"),
    "too_slow": N_("文件打开用时过长，已停止；请只保留需要的行和列，另存为新的 .xlsx"),
    "broken": N_("文件已损坏或内容异常，无法打开；请在 Excel 或 WPS 中另存为新的 .xlsx"),
}

"""A paper that uses every part, to try a template with."""

from reports.papers.paper import Block, Column, Paper, Signature


def sample() -> Paper:
    columns = (Column("STT", 1, figure=True), Column("Nội dung", 5))
    signature = Signature(("KT. Hiệu trưởng", "Phó Hiệu trưởng"), "Nguyễn Văn A")
    return Paper(
        superior=("Sở Giáo dục và Đào tạo", "Thành phố Hồ Chí Minh"),
        issuer="Trường THPT Phú Hòa",
        number="Số: 05/BC-THPTPH",
        place="Thành phố Hồ Chí Minh, ngày 05 tháng 02 năm 2025",
        type="Báo cáo",
        abstract="Kết quả triển khai áp dụng mô hình, giải pháp",
        note="(Đính kèm Kế hoạch số 4455/KH-SGDĐT)",
        to="Kính gửi: Sở Giáo dục và Đào tạo.",
        authority="Hiệu trưởng Trường THPT Phú Hòa",
        bases=("Căn cứ thứ nhất", "Căn cứ thứ hai"),
        body=(
            Block("command", "QUYẾT ĐỊNH:"),
            Block("section", "I. Đặc điểm tình hình"),
            Block("item", "1. Mục"),
            Block("text", "Nội dung.", label="Điều 1."),
            Block("table", "Số liệu", columns=columns, rows=(("1", "Dòng một"), ("2", "Dòng hai"))),
            Block("text", "Trên đây là báo cáo"),
        ),
        recipients=("Như trên", "Lưu: VT"),
        signature=signature,
        beside=Signature(("Thư ký",), "Trần Thị B"),
    )

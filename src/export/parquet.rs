use std::io;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;

use super::table::{Cell, Table};
use super::xlsx::About;

/// Digits of tokens in all, and behind the point.
const TOKENS: (i32, i32) = (18, 6);

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Tokens,
    Average,
    Count,
    Day,
}

/// A table as a Parquet file: tokens are exact decimals with six places, days dates, and what isn't known null. What was exported is
/// in the file's metadata.
pub fn write_parquet(table: &Table, about: &About) -> io::Result<Vec<u8>> {
    written(table, about).map_err(io::Error::other)
}

fn written(table: &Table, about: &About) -> Result<Vec<u8>, ParquetError> {
    let kinds: Vec<Kind> = (0..table.columns.len()).map(|column| kind(table, column)).collect();
    let fields = table.columns.iter().zip(&kinds).map(|(name, kind)| field(name, *kind)).collect::<Result<_, _>>()?;
    let schema = Type::group_type_builder(table.name).with_fields(fields).build()?;
    let said = about.lines.iter().map(|(what, said)| KeyValue::new((*what).to_owned(), said.clone()));
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(format!("flexcast {}", env!("CARGO_PKG_VERSION")))
        .set_key_value_metadata(Some(said.collect()));
    let mut writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties.build()))?;
    let mut rows = writer.next_row_group()?;
    for (place, kind) in kinds.iter().enumerate() {
        let mut column = rows.next_column()?.expect("as many columns as fields");
        let cells = || table.rows.iter().map(|row| &row[place]);
        match kind {
            Kind::Text => write::<ByteArrayType>(&mut column, cells().map(text))?,
            Kind::Average => write::<DoubleType>(&mut column, cells().map(average))?,
            Kind::Tokens | Kind::Count => write::<Int64Type>(&mut column, cells().map(whole))?,
            Kind::Day => write::<Int32Type>(&mut column, cells().map(day))?,
        }
        column.close()?;
    }
    rows.close()?;
    writer.into_inner()
}

/// Text, where nothing is known or cells differ.
fn kind(table: &Table, column: usize) -> Kind {
    let mut kinds = table.rows.iter().filter_map(|row| match &row[column] {
        Cell::Empty => None,
        Cell::Text(_) => Some(Kind::Text),
        Cell::Tokens(_) => Some(Kind::Tokens),
        Cell::Average(_) => Some(Kind::Average),
        Cell::Count(_) => Some(Kind::Count),
        Cell::Day(_) | Cell::Midnight(_) => Some(Kind::Day),
    });
    let first = kinds.next().unwrap_or(Kind::Text);
    if kinds.all(|kind| kind == first) { first } else { Kind::Text }
}

fn field(name: &str, kind: Kind) -> Result<Arc<Type>, ParquetError> {
    let (precision, scale) = TOKENS;
    let (physical, logical) = match kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Tokens => (Physical::INT64, Some(LogicalType::decimal(scale, precision))),
        Kind::Average => (Physical::DOUBLE, None),
        Kind::Count => (Physical::INT64, None),
        Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
    };
    let mut field =
        Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL).with_logical_type(logical);
    if kind == Kind::Tokens {
        field = field.with_precision(precision).with_scale(scale);
    }
    Ok(Arc::new(field.build()?))
}

fn write<T: parquet::data_type::DataType>(
    column: &mut SerializedColumnWriter<'_>,
    cells: impl Iterator<Item = Option<T::T>>,
) -> Result<(), ParquetError> {
    let (mut values, mut known) = (Vec::new(), Vec::new());
    for cell in cells {
        known.push(i16::from(cell.is_some()));
        values.extend(cell);
    }
    column.typed::<T>().write_batch(&values, Some(&known), None)?;
    Ok(())
}

fn text(cell: &Cell) -> Option<ByteArray> {
    (*cell != Cell::Empty).then(|| ByteArray::from(cell.written().into_bytes()))
}

fn average(cell: &Cell) -> Option<f64> {
    if let Cell::Average(average) = cell { Some(*average) } else { None }
}

fn whole(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Tokens(tokens) => Some(tokens.millionths()),
        Cell::Count(count) => i64::try_from(*count).ok(),
        _ => None,
    }
}

/// Days since 1970.
fn day(cell: &Cell) -> Option<i32> {
    if let Cell::Day(day) | Cell::Midnight(day) = cell { Some(day.number()) } else { None }
}

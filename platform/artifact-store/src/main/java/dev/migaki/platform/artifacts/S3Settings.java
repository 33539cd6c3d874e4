package dev.migaki.platform.artifacts;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where an S3 store is. Credentials are not here: they come from the environment as every S3 client
 * takes them (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a web identity token, an instance role).
 *
 * @param bucket must exist
 * @param prefix of every key, without slashes at its ends; empty for the whole bucket
 * @param region for example {@code eu-central-1}; stores that know no regions take any
 * @param endpoint of a store that is not Amazon's (MinIO, Ceph)
 * @param pathStyle whether the bucket is part of the path instead of the host name, as most stores
 *     that are not Amazon's want it
 */
public record S3Settings(
    String bucket, String prefix, String region, @Nullable URI endpoint, boolean pathStyle) {

  public S3Settings {
    requireNonNull(bucket, "bucket");
    requireNonNull(prefix, "prefix");
    requireNonNull(region, "region");
  }

  /**
   * Reads {@code s3://bucket/prefix}.
   *
   * @throws IllegalArgumentException when the bucket is missing
   */
  public static S3Settings of(URI root, String region, @Nullable URI endpoint, boolean pathStyle) {
    String bucket = root.getHost();
    if (!"s3".equals(root.getScheme()) || bucket == null) {
      throw new IllegalArgumentException(
          "an S3 root has the form s3://bucket/prefix but this is not: " + root);
    }
    String path = root.getPath() == null ? "" : root.getPath();
    return new S3Settings(bucket, path.replaceAll("^/+|/+$", ""), region, endpoint, pathStyle);
  }

  String key(String location) {
    return prefix.isEmpty() ? location : prefix + "/" + location;
  }
}
